/** Control characters, and those that turn the direction of text so that a name reads as another. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;
/** What Windows allows in no name; the slash nobody does. */
const FORBIDDEN = /[<>:"/\\|?*]/g;
const DEVICES = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
/** Of a name with its number and extension 255 bytes must be enough. */
const MOST_BYTES = 180;

/** Pure: one name, good on every system, with as much of the text as can be kept. */
export const safeName = (text: string, otherwise = 'Untitled'): string => {
  const plain = text.toWellFormed().normalize('NFC').replace(HIDDEN, '').replace(FORBIDDEN, '_').trim();
  const short = shortened(plain).replace(/[. ]+$/, '');
  // A name that begins with a dot is hidden, or a folder above.
  const shown = short.replace(/^\.+/, (dots) => '_'.repeat(dots.length));
  if (shown === '') return otherwise;
  return DEVICES.test(shown) ? `_${shown}` : shown;
};

const shortened = (text: string): string => {
  let bytes = 0;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > MOST_BYTES) return kept;
    kept += segment;
  }
  return kept;
};

/** Pure: the same names, told apart also where capitals are not: `Song (2).flac`. */
export const distinctNames = (names: readonly string[]): string[] => {
  const taken = new Set<string>();
  return names.map((name) => {
    const dot = name.lastIndexOf('.');
    const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
    let wanted = name;
    for (let n = 2; taken.has(wanted.toLowerCase()); n++) wanted = `${stem} (${n})${extension}`;
    taken.add(wanted.toLowerCase());
    return wanted;
  });
};

/** Pure: `7` of 120 is `007`, so that every system lists a folder in its order. */
export const numbered = (number: number, of: number): string =>
  String(number).padStart(Math.max(2, String(of).length), '0');
