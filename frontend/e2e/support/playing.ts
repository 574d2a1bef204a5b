import type { Page } from 'playwright-core';

/** Notes every time the sound stops for want of bytes, from the first sound on; a busy machine may stop it too. */
export const watchStalls = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const audio = document.querySelector('audio');
    if (audio === null) throw new Error('the page has no audio element');
    const stalls: number[] = [];
    Reflect.set(window, 'kanadeStalls', stalls);
    const isStarved = (): boolean => {
      const { buffered, currentTime } = audio;
      for (let at = 0; at < buffered.length; at++)
        if (buffered.start(at) <= currentTime && currentTime < buffered.end(at) - 0.5) return false;
      return true;
    };
    const listen = () =>
      audio.addEventListener('waiting', () => isStarved() && stalls.push(audio.currentTime));
    if (audio.currentTime > 0) listen();
    else audio.addEventListener('timeupdate', () => audio.currentTime > 0 && listen(), { once: true });
  });

/** Where in the music the sound stopped, in seconds. */
export const stallsOf = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() => Reflect.get(window, 'kanadeStalls') as number[]);

export const positionOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelector('audio')?.currentTime ?? 0);

/** Waits until the music has come this far; its own speed is that of life. */
export const hearUntil = async (page: Page, seconds: number): Promise<void> => {
  await page.waitForFunction((end) => (document.querySelector('audio')?.currentTime ?? 0) >= end, seconds);
};
