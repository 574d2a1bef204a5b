import { useFormatter } from 'next-intl';

/** Pages are exported in UTC; a time of day is read on the listener's own clock. */
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A moment as its reader writes it: the day, and the time of day. */
export function useMoment(): (iso: string) => string {
  const format = useFormatter();
  return (iso) => format.dateTime(new Date(iso), { dateStyle: 'medium', timeStyle: 'short', timeZone: HERE });
}
