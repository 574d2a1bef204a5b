export interface TtmlRates {
  readonly frameRate: number;
  readonly tickRate: number;
}

const CLOCK = /^(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2}(?:\.\d{1,9})?)(?::(\d{1,5}))?$/;
const OFFSET = /^(\d{1,12}(?:\.\d{1,9})?)(h|m|s|ms|f|t)?$/;

/** A day: no song is longer. */
const LONGEST_MS = 86_400_000;

const unitMs = (unit: string, { frameRate, tickRate }: TtmlRates): number => {
  switch (unit) {
    case 'h':
      return 3_600_000;
    case 'm':
      return 60_000;
    case 'ms':
      return 1;
    case 'f':
      return 1000 / frameRate;
    case 't':
      return 1000 / tickRate;
    default:
      return 1000;
  }
};

/** Pure: `1:02.5`, `00:01:02.500`, `00:01:02:12` (frames), `62.5s`, `62500ms`, and `62.5`, which is in seconds; else null. */
export const ttmlTime = (text: string | undefined, rates: TtmlRates): number | null => {
  const clock = CLOCK.exec(text?.trim() ?? '');
  const offset = OFFSET.exec(text?.trim() ?? '');
  const ms =
    clock !== null
      ? ((Number(clock[1] ?? 0) * 60 + Number(clock[2])) * 60 + Number(clock[3])) * 1000 +
        Number(clock[4] ?? 0) * unitMs('f', rates)
      : offset !== null
        ? Number(offset[1]) * unitMs(offset[2] ?? 's', rates)
        : null;
  return ms === null || !(ms <= LONGEST_MS) ? null : Math.round(ms);
};
