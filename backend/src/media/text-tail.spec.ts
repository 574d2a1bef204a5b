import { describe, expect, it } from '@jest/globals';
import { TextTail } from './text-tail.js';

describe('what ffmpeg said', () => {
  it('is counted by complaints, repeated ones too, in pieces of any length', () => {
    const tail = new TextTail();
    const text =
      '[mp3 @ 0x1] [error] bad header\n    Last message repeated 4 times\n[info] fine\r[fatal] gone\n';
    for (const character of text) tail.append(character);
    expect(tail.errorCount).toBe(6);
    expect(tail.text).toBe(text);
  });

  it('holds nothing against a file whose cover was left alone on purpose', () => {
    const tail = new TextTail();
    tail.append(
      "[png @ 0x1] [error] Codec (png) not on whitelist 'flac'\n    Last message repeated 1 times\n",
    );
    expect(tail.errorCount).toBe(0);
  });

  it('keeps its end when it has none', () => {
    const tail = new TextTail();
    for (let index = 0; index < 50_000; index++) tail.append('[error] again\n');
    expect(tail.errorCount).toBe(50_000);
    expect(tail.text.length).toBeLessThanOrEqual(16_384);
  });
});
