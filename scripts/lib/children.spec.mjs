import { describe, expect, it } from '@jest/globals';
import { exitCodeOf, quietly } from './children.mjs';

describe('a child process', () => {
  it('passes its exit code on', () => {
    expect(exitCodeOf(3, null)).toBe(3);
  });

  it('ended by a signal is reported as a shell would', () => {
    expect(exitCodeOf(null, 'SIGTERM')).toBe(143);
  });

  it('that fails shows the end of its output, its command and where the rest is', async () => {
    const failing = quietly('spec-failing', process.execPath, [
      '-e',
      'console.log("no more paper"); process.exit(2)',
    ]);
    await expect(failing).rejects.toThrow(/no more paper[^]*This command failed: [^]*spec-failing\.log/);
  });

  it('that does not exist is told in words', async () => {
    await expect(quietly('spec-missing', '/nowhere/kanade', [])).rejects.toThrow(
      '/nowhere/kanade could not be run',
    );
  });
});
