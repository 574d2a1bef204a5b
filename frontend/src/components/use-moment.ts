import { useFormatter } from 'next-intl';

/** A moment as its reader writes it: the day, and the time of day. */
export function useMoment(): (iso: string) => string {
  const format = useFormatter();
  return (iso) => format.dateTime(new Date(iso), { dateStyle: 'medium', timeStyle: 'short' });
}
