import type { Page } from 'playwright-core';
import { withoutSilentEnds } from './compare-sound.js';

const WORKLET = `class Recorder extends AudioWorkletProcessor {
  process([input]) {
    const channel = input[0];
    this.port.postMessage(channel ? channel.slice() : new Float32Array(128));
    return true;
  }
}
registerProcessor('recorder', Recorder);`;

/**
 * Records what comes out of the page's media element, behind its decoder, sample by sample: the first channel at a
 * rate of our choice. Has to be there before anything plays, on a page opened with `bypassCSP`: its worklet is a
 * script of the test's own, which no route can answer.
 */
export const startRecorder = async (page: Page, sampleRateHz: number): Promise<void> => {
  const run = { sampleRate: sampleRateHz, script: `data:text/javascript,${encodeURIComponent(WORKLET)}` };
  await page.evaluate(async ({ sampleRate, script }) => {
    const element = document.querySelector('audio');
    if (element === null) throw new Error('the page has no audio element');
    const context = new AudioContext({ sampleRate });
    await context.audioWorklet.addModule(script);
    const recorder = new AudioWorkletNode(context, 'recorder', { channelCount: 2 });
    const blocks: Float32Array[] = [];
    recorder.port.onmessage = ({ data }: MessageEvent<Float32Array>) => blocks.push(data);
    context.createMediaElementSource(element).connect(recorder).connect(context.destination);
    Reflect.set(window, 'kanadeRecording', blocks);
  }, run);
};

/**
 * The same of all that leaves the page through Web Audio, whatever elements it comes from: for a page that leads its
 * sound through a graph of its own. Before the page is opened.
 */
export const recordOutput = async (page: Page): Promise<void> => {
  await page.addInitScript(
    (script) => {
      const blocks: Float32Array[] = [];
      Reflect.set(window, 'kanadeRecording', blocks);
      const connect: unknown = Reflect.get(AudioNode.prototype, 'connect');
      if (typeof connect !== 'function') return;
      const tap = async (node: AudioNode): Promise<void> => {
        const { context } = node;
        Reflect.set(window, 'kanadeRateHz', context.sampleRate);
        await context.audioWorklet.addModule(script);
        const recorder = new AudioWorkletNode(context, 'recorder', { channelCount: 2 });
        recorder.port.onmessage = ({ data }: MessageEvent<Float32Array>) => blocks.push(data);
        Reflect.apply(connect, node, [recorder]);
        Reflect.apply(connect, recorder, [context.destination]);
      };
      Reflect.set(AudioNode.prototype, 'connect', function (this: AudioNode, ...to: unknown[]) {
        if (to[0] instanceof AudioDestinationNode) void tap(this);
        return Reflect.apply(connect, this, to) as unknown;
      });
    },
    `data:text/javascript,${encodeURIComponent(WORKLET)}`,
  );
};

export const recordedRateHz = (page: Page): Promise<number> =>
  page.evaluate(() => Number(Reflect.get(window, 'kanadeRateHz')));

/** What has been recorded since the last call, without the silence before and after. */
export const takeRecording = async (page: Page): Promise<Float32Array> => {
  const encoded = await page.evaluate(() => {
    const blocks = Reflect.get(window, 'kanadeRecording') as Float32Array[];
    const bytes = blocks.splice(0).map((block) => new Uint8Array(block.buffer));
    return bytes.map((each) => btoa(String.fromCharCode(...each))).join(' ');
  });
  const whole = Buffer.concat(encoded.split(' ').map((block) => Buffer.from(block, 'base64')));
  const samples = new Float32Array(whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length));
  return withoutSilentEnds(samples);
};
