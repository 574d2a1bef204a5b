import { guessText } from './encodings.js';

/** One TRACK of a CUE sheet, with the FILE in which its music begins (INDEX 01). */
export interface CueTrack {
  readonly number: number;
  readonly file: string;
  /** Seventy-fifths of a second, not always whole; null when the sheet does not tell where it begins. */
  readonly startFrames: number | null;
  readonly title: string | null;
  readonly performer: string | null;
  readonly songwriter: string | null;
  readonly isrc: string | null;
  /** REM lines, names in upper case. */
  readonly remarks: ReadonlyMap<string, string>;
}

export interface CueSheet {
  readonly files: readonly string[];
  readonly title: string | null;
  readonly performer: string | null;
  readonly songwriter: string | null;
  readonly remarks: ReadonlyMap<string, string>;
  /** Of audio; those of data are left out. */
  readonly tracks: readonly CueTrack[];
}

export const CUE_FRAMES_A_SECOND = 75;
const MOST_LINES = 20_000;
/** A sheet of 99 tracks has some 20 kB. */
export const LARGEST_CUE_BYTES = 1 << 20;

interface Draft {
  number: number;
  file: string;
  isAudio: boolean;
  startFrames: number | null;
  readonly texts: Map<string, string>;
  readonly remarks: Map<string, string>;
}

/** Pure: the text of a sheet: Unicode where it says or shows so, else the code page that its letters speak for. */
export function cueText(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
      .swap16()
      .toString('utf16le');
  if (bytes.includes(0)) return null;
  const isMarked = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
  return guessText(bytes.subarray(isMarked ? 3 : 0).toString('latin1')).text;
}

/** Pure, and forgiving: lines that it does not know are passed over. Null for a text that is no CUE sheet. */
export function parseCue(text: string): CueSheet | null {
  const files: string[] = [];
  const drafts: Draft[] = [];
  const texts = new Map<string, string>();
  const remarks = new Map<string, string>();
  for (const line of text.split(/\r\n|\r|\n/, MOST_LINES)) {
    // Trimmed first, and no `\s+` before an end below: over a line of a million blanks such patterns take hours.
    const [, word = '', rest = ''] = /^(\w+)\s*(.*)$/.exec(line.trim()) ?? [];
    const command = word.toUpperCase();
    const track = drafts.at(-1);
    if (command === 'FILE') files.push(fileName(rest));
    else if (command === 'TRACK') {
      const [number = '', kind = ''] = rest.split(/\s+/);
      drafts.push({
        number: Number.parseInt(number, 10),
        file: files.at(-1) ?? '',
        isAudio: kind.toUpperCase() === 'AUDIO',
        startFrames: null,
        texts: new Map(),
        remarks: new Map(),
      });
    } else if (command === 'INDEX') beginAt(track, rest, files.at(-1) ?? '');
    else if (command === 'REM') {
      const [, name = '', value = ''] = /^(\w+)\s+(.*)$/.exec(rest) ?? [];
      if (value !== '') (track?.remarks ?? remarks).set(name.toUpperCase(), unquoted(value));
    } else if (TEXTS.has(command) && rest !== '') (track?.texts ?? texts).set(command, unquoted(rest));
  }
  if (files.length === 0 || drafts.length === 0) return null;
  return { files, ...namesOf(texts), remarks, tracks: drafts.filter(({ isAudio }) => isAudio).map(toTrack) };
}

/** Pure: the sheet in a tag speaks of the file that it is in, whatever its FILE says, if it has one. */
export function parseCueTag(text: string): CueSheet | null {
  if (text.length > LARGEST_CUE_BYTES) return null;
  return parseCue(text) ?? parseCue(`FILE "" WAVE\n${text}`);
}

const TEXTS: ReadonlySet<string> = new Set(['TITLE', 'PERFORMER', 'SONGWRITER', 'ISRC']);

const unquoted = (value: string): string => (/^"(.*)"$/.exec(value)?.[1] ?? value).trim();

/** `"a name.wav" WAVE`, or without quotes. */
const fileName = (rest: string): string =>
  /^"(.*)"/.exec(rest)?.[1] ?? rest.replace(/\s(?:WAVE|MP3|AIFF|BINARY|MOTOROLA|FLAC)$/i, '').trim();

/** INDEX 00, where a pause begins, and those after 01 are passed over: a pause belongs to the end of what is before it. */
function beginAt(track: Draft | undefined, rest: string, file: string): void {
  const [, index, minutes, seconds, frames] = /^(\d+)\s+(\d{1,5}):(\d{1,2}):(\d{1,2})$/.exec(rest) ?? [];
  if (track === undefined || Number(index) !== 1) return;
  if (Number(seconds) >= 60 || Number(frames) >= CUE_FRAMES_A_SECOND) return;
  track.file = file;
  track.startFrames = (Number(minutes) * 60 + Number(seconds)) * CUE_FRAMES_A_SECOND + Number(frames);
}

const namesOf = (texts: ReadonlyMap<string, string>) => ({
  title: texts.get('TITLE') || null,
  performer: texts.get('PERFORMER') || null,
  songwriter: texts.get('SONGWRITER') || null,
});

const toTrack = ({ number, file, startFrames, texts, remarks }: Draft): CueTrack => ({
  number,
  file,
  startFrames,
  ...namesOf(texts),
  isrc: texts.get('ISRC') || null,
  remarks,
});
