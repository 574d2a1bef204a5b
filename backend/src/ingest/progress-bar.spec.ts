import { describe, expect, it } from '@jest/globals';
import type { LibraryStatus } from './library.dto.js';
import { ProgressBar, progressBar, progressText, summaryText } from './progress-bar.js';

const status = (files: Partial<LibraryStatus['files']>, scanning = false): LibraryStatus => ({
  scanning,
  files: { found: 0, ready: 0, pending: 0, rejected: 0, missing: 0, ...files },
  rejections: [],
  unreadable: [],
  warnings: [],
  libraries: [],
  work: { analysing: 0, encoding: 0 },
});

class Screen {
  text = '';
  constructor(
    readonly isTTY: boolean,
    readonly columns = 80,
  ) {}
  write(text: string): void {
    this.text += text;
  }
}

describe('the progress of a library', () => {
  it('says what is going on, and nothing when nothing is', () => {
    expect(progressText(status({ found: 10, ready: 4, pending: 6 }, true))).toBe(
      'reading the music: 10 files found, 4 ready',
    );
    expect(progressText(status({ found: 10, ready: 4, pending: 5, rejected: 1 }))).toBe(
      'listening to the music: 5 of 10 files, 1 rejected',
    );
    expect(progressText(status({ found: 10, ready: 10 }))).toBeNull();
  });

  it('draws the share that is done, whatever the width', () => {
    expect(progressBar(status({ found: 2, ready: 1, pending: 1 }), 80)).toContain(
      '████████████░░░░░░░░░░░░ ',
    );
    expect(progressBar(status({}, true), 80)).toContain('░'.repeat(24));
    expect(progressBar(status({ found: 2, pending: 2 }), 20)).toHaveLength(19);
  });

  it('ends with a sentence, once', () => {
    const screen = new Screen(true);
    const bar = new ProgressBar(screen);
    bar.show(status({ found: 2, ready: 2 }));
    expect(screen.text).toBe('');
    bar.show(status({ found: 2, ready: 1, pending: 1 }));
    bar.show(status({ found: 2, ready: 2, missing: 1 }));
    bar.show(status({ found: 2, ready: 2, missing: 1 }));
    expect(
      screen.text.split('\n').filter((line) => line.includes(summaryText(status({ ready: 2, missing: 1 })))),
    ).toHaveLength(1);
  });

  it('writes a plain line now and then where there is no terminal', () => {
    const screen = new Screen(false);
    let now = 100_000;
    const bar = new ProgressBar(screen, () => now);
    for (let second = 0; second < 25; second += 1, now += 1000) bar.show(status({ found: 9, pending: 9 }));
    expect(screen.text.split('\n').filter((line) => line !== '')).toHaveLength(3);
    expect(screen.text).not.toContain('\x1b');
  });
});
