/** Pure rules for what stands in single fields. */

/** Four letters, or two characters of a script where each is a syllable: long enough to be a name of its own. */
const isNameLike = (part: string): boolean =>
  [...part].reduce((sum, c) => sum + (c > '\u2e7f' ? 2 : 1), 0) >= 4;

/**
 * ID3v2.3 separates several artists by a slash, which is also part of names, and taggers disagree. All slashes separate
 * when there are as many MusicBrainz ids as parts. Else neighbours that are too short for names of their own belong
 * together ("AC/DC", "M/A/R/R/S"), the rest are names ("Queen/David Bowie", "Queen/AC/DC"); and one short part alone
 * ("GZA/Genius", "A & B/C") makes it too uncertain to cut at all.
 */
export function joinSlashed(parts: readonly string[], musicBrainzIds: number): readonly string[] {
  if (parts.length < 2 || musicBrainzIds === parts.length) return parts;
  const groups: string[][] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (last !== undefined && !isNameLike(part) && last.every((other) => !isNameLike(other))) last.push(part);
    else groups.push([part]);
  }
  const isCertain = groups.every((group) => group.length > 1 || isNameLike(group[0] ?? ''));
  return isCertain ? groups.map((group) => group.join('/')) : [parts.join('/')];
}

/** `2005`, `2005-03` or `2005-03-14`, out of what taggers write for them; null when there is no year. */
export function tidyDate(date: string | undefined): string | null {
  const found = /^\s*(\d{4})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?/.exec(date ?? '');
  if (found === null || found[1] === '0000') return null;
  const [, year, month, day] = found;
  const valid = [Number(month ?? 0) <= 12 ? month : undefined, Number(day ?? 0) <= 31 ? day : undefined];
  const parts = valid[0] === undefined ? [] : valid.filter((part) => part !== undefined && Number(part) > 0);
  return [year, ...parts.map((part) => part?.padStart(2, '0'))].join('-');
}

interface TimedText {
  readonly timestamp?: number;
  readonly text: string;
}

/** Entries are lines; or syllables, of which the first of each line after the first begins with a line break. */
const linesOf = (entries: readonly TimedText[]): readonly (readonly TimedText[])[] => {
  if (!entries.slice(1).some(({ text }) => /^[\r\n]/.test(text))) return entries.map((entry) => [entry]);
  const lines: TimedText[][] = [];
  for (const entry of entries) {
    const last = lines.at(-1);
    if (last === undefined || /^[\r\n]/.test(entry.text)) lines.push([entry]);
    else last.push(entry);
  }
  return lines;
};

/** `[mm:ss.mmm]line`, the form that players know, with `<mm:ss.mmm>` before each syllable where they have times. */
export const lrcText = (entries: readonly TimedText[]): string =>
  linesOf(entries.filter(({ timestamp }) => timestamp !== undefined))
    .map(([first, ...rest]) => {
      const start = `[${lrcTime(first?.timestamp ?? 0)}]`;
      if (first === undefined || rest.length === 0) return start + (first?.text.trim() ?? '');
      const sung = [first, ...rest].map(
        ({ timestamp = 0, text }) => `<${lrcTime(timestamp)}>${text.replace(/[\r\n]+/g, '')}`,
      );
      return start + sung.join('');
    })
    .join('\n');

function lrcTime(ms: number): string {
  const whole = Math.round(ms);
  const digits = (value: number, length = 2): string => String(value).padStart(length, '0');
  return `${digits(Math.floor(whole / 60_000))}:${digits(Math.floor(whole / 1000) % 60)}.${digits(whole % 1000, 3)}`;
}

/** Null for what is no number, or none that can be meant. */
export const positive = (value: number | null | undefined): number | null =>
  value != null && Number.isFinite(value) && value > 0 ? value : null;

export const finite = (value: number | null | undefined): number | null =>
  value != null && Number.isFinite(value) ? value : null;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const uuid = (value: string | undefined): string | null =>
  value !== undefined && UUID.test(value.trim()) ? value.trim().toLowerCase() : null;

/** Text without the padding and control characters that fixed-length fields leave. */
export function tidy(value: string | undefined): string | null {
  // eslint-disable-next-line no-control-regex -- they are what is taken out
  const text = (value ?? '').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim();
  return text === '' ? null : text;
}
