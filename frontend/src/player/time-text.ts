/** `4:08`, `1:02:09`. A length that is not known yet has no digits to show. */
export function clock(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms)) return '–:––';
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Rounded to minutes, for the length of an album or a queue. */
export const wholeMinutes = (ms: number): { readonly hours: number; readonly minutes: number } => {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
};
