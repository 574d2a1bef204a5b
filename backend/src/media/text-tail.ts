const KEPT_CHARACTERS = 16_384;

/** Keeps the end of an endless text: a broken file can make ffmpeg complain without bound. */
export class TextTail {
  private kept = '';
  /** How often the whole text, not only its tail, had a line of the level `error` or worse. */
  errorCount = 0;

  append(text: string): void {
    this.errorCount += text.match(/\[(?:error|fatal|panic)\]/g)?.length ?? 0;
    this.kept = (this.kept + text).slice(-KEPT_CHARACTERS);
  }

  get text(): string {
    return this.kept;
  }
}
