const KEPT_CHARACTERS = 16_384;
const COMPLAINT = /\[(?:error|fatal|panic)\]/;
/** The decoders of covers are shut out on purpose; that they say so is no fault of the file. */
const ON_PURPOSE = /not on whitelist/;
/** The first frame that a graph of filters is given. */
const FIRST_FRAME = /\[Parsed_ashowinfo_\d+ @ \w+\] \[info\] n:0 /;
const REPEATED = /^ *Last message repeated (\d+) times/;

/** Keeps the end of an endless text: a broken file can make ffmpeg complain without bound. */
export class TextTail {
  private kept = '';
  private line = '';
  private lastCounted = false;
  /** How many complaints the whole text had, not only its tail. */
  errorCount = 0;
  /** How often filters were given their first frame: again where the sound changes its form. */
  beginnings = 0;

  constructor(private readonly onLine: (line: string) => void = () => undefined) {}

  append(text: string): void {
    this.kept = (this.kept + text).slice(-KEPT_CHARACTERS);
    const lines = (this.line + text).split(/[\r\n]/);
    this.line = (lines.pop() ?? '').slice(-KEPT_CHARACTERS);
    for (const line of lines) this.count(line);
  }

  get text(): string {
    return this.kept;
  }

  private count(line: string): void {
    this.onLine(line);
    const repeated = REPEATED.exec(line.replace(/^\[\w+\] */, ''))?.[1];
    if (repeated !== undefined) {
      this.errorCount += this.lastCounted ? Number(repeated) : 0;
      return;
    }
    if (FIRST_FRAME.test(line)) this.beginnings++;
    this.lastCounted = COMPLAINT.test(line) && !ON_PURPOSE.test(line);
    if (this.lastCounted) this.errorCount++;
  }
}
