import type { Page } from 'playwright-core';

/** Of full scale: what is above it is heard. */
const HEARD = 1e-3;

/**
 * Before the page's own scripts: whatever the page leads an element's sound through, an analyser hears it too. One that
 * nothing leads anywhere is led to the analyser when the clock begins.
 */
export const bringEar = async (page: Page): Promise<void> => {
  await page.addInitScript((heard) => {
    const taps: AnalyserNode[] = [];
    const sources = new WeakSet<HTMLMediaElement>();
    const original = Reflect.get(AudioContext.prototype, 'createMediaElementSource');
    const tap = (context: AudioContext, source: AudioNode): void => {
      const analyser = context.createAnalyser();
      analyser.fftSize = 2048;
      source.connect(analyser);
      taps.push(analyser);
    };
    AudioContext.prototype.createMediaElementSource = function (this: AudioContext, element) {
      const source = original.call(this, element);
      sources.add(element);
      tap(this, source);
      return source;
    };
    const listen = (): void => {
      for (const element of document.querySelectorAll('audio'))
        if (!sources.has(element)) {
          const context = new AudioContext();
          const source = context.createMediaElementSource(element);
          source.connect(context.destination);
        }
    };
    /** From the press of a button to the first sample, in milliseconds. */
    const clock = (): Promise<number> => {
      listen();
      const samples = new Float32Array(2048);
      return new Promise((resolve) => {
        addEventListener(
          'click',
          () => {
            const pressed = performance.now();
            const timer = setInterval(() => {
              for (const analyser of taps) {
                analyser.getFloatTimeDomainData(samples);
                if (samples.some((sample) => Math.abs(sample) > heard)) {
                  clearInterval(timer);
                  resolve(performance.now() - pressed);
                  return;
                }
              }
            }, 2);
          },
          { capture: true, once: true },
        );
      });
    };
    Reflect.set(window, 'kanadeClock', clock);
  }, HEARD);
};

/** @returns what has to be pressed meanwhile, and what it took until it sounded */
export const pressToSound = async (page: Page, press: () => Promise<void>): Promise<number> => {
  await page.evaluate(() => {
    const clock = Reflect.get(window, 'kanadeClock') as () => Promise<number>;
    Reflect.set(window, 'kanadeHeard', clock());
  });
  await press();
  return page.evaluate(() => Reflect.get(window, 'kanadeHeard') as Promise<number>);
};
