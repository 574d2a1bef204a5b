import type { LibraryStatus } from './library.dto.js';

/** Where the bar is drawn: a terminal, or a file that keeps every line. */
export interface BarOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const FULL = '█';
const EMPTY = '░';
const BAR_CELLS = 24;
/** Without a terminal a line now and then is enough. */
const LINE_GAP_MS = 10_000;
const CLEAR_LINE = '\r\x1b[2K';

const count = (files: number, word: string): string => (files === 0 ? '' : `, ${files} ${word}`);

/** Pure: how far the library is, or null when there is nothing to wait for. */
export const progressText = ({ scanning, files }: LibraryStatus): string | null => {
  const { found, ready, pending, rejected } = files;
  if (!scanning && pending === 0) return null;
  const done = ready + rejected;
  const rest = count(rejected, 'rejected');
  return scanning
    ? `reading the music: ${found} files found, ${ready} ready${rest}`
    : `listening to the music: ${done} of ${found} files${rest}`;
};

/** Pure: the share that is done as a bar, cut to the terminal. */
export const progressBar = (status: LibraryStatus, columns: number): string | null => {
  const text = progressText(status);
  if (text === null) return null;
  const { found, ready, rejected } = status.files;
  const cells = found === 0 ? 0 : Math.floor(((ready + rejected) / found) * BAR_CELLS);
  return `${FULL.repeat(cells)}${EMPTY.repeat(BAR_CELLS - cells)} ${text}`.slice(0, Math.max(0, columns - 1));
};

/** Pure: the sentence at the end. */
export const summaryText = ({ files }: LibraryStatus): string =>
  `${files.ready} tracks are ready${count(files.rejected, 'rejected (the page says why)')}${count(files.missing, 'missing')}.`;

/** Draws the progress events of a library; silent while nothing is going on. */
export class ProgressBar {
  private isShown = false;
  private lineAt = 0;

  constructor(
    private readonly output: BarOutput,
    private readonly now: () => number = Date.now,
  ) {}

  show(status: LibraryStatus): void {
    const text =
      this.output.isTTY === true ? progressBar(status, this.output.columns ?? 80) : progressText(status);
    if (text === null) return this.end(status);
    if (this.output.isTTY === true) this.output.write(`${CLEAR_LINE}${text}`);
    else if (this.now() - this.lineAt >= LINE_GAP_MS) {
      this.lineAt = this.now();
      this.output.write(`${text}\n`);
    }
    this.isShown = true;
  }

  private end(status: LibraryStatus): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.lineAt = 0;
    this.output.write(`${this.output.isTTY === true ? CLEAR_LINE : ''}${summaryText(status)}\n`);
  }
}
