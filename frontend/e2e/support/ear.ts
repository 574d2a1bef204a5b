import type { Page } from 'playwright-core';

/**
 * Listens to the page's own media element, behind its decoder: `loudest` is the largest sample of the last
 * moments, as a part of full scale. Silence is exactly 0.
 */
export const attachEar = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const element = document.querySelector('audio');
    if (element === null) throw new Error('the page has no audio element');
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    analyser.fftSize = 8192;
    const source = context.createMediaElementSource(element);
    source.connect(analyser);
    analyser.connect(context.destination);
    const samples = new Float32Array(analyser.fftSize);
    const loudest = (): number => {
      analyser.getFloatTimeDomainData(samples);
      return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    };
    /** The strongest frequency: which tone it is that sounds. */
    const pitchHz = (): number => {
      const levels = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(levels);
      const at = levels.reduce(
        (best, level, index) => (level > (levels[best] ?? -Infinity) ? index : best),
        0,
      );
      return (at * context.sampleRate) / analyser.fftSize;
    };
    Reflect.set(window, 'kanadeEar', { loudest, pitchHz });
  });

/** Waits until a tone of about this pitch is really heard. */
export const hearTone = async (page: Page, frequencyHz: number): Promise<void> => {
  await page.waitForFunction((wanted) => {
    const ear = Reflect.get(window, 'kanadeEar') as { loudest(): number; pitchHz(): number };
    return ear.loudest() > 0.05 && Math.abs(ear.pitchHz() - wanted) < 12;
  }, frequencyHz);
};

export const hearSilence = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => {
    const ear = Reflect.get(window, 'kanadeEar') as { loudest(): number };
    return ear.loudest() === 0;
  });
};
