/** Above the noise that a codec leaves in silence. */
const HEARD = 0.001;

/** Without the silence before and after. */
export const withoutSilentEnds = (samples: Float32Array): Float32Array => {
  const first = samples.findIndex((sample) => Math.abs(sample) > HEARD);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > HEARD);
  return first < 0 ? new Float32Array() : samples.slice(first, last + 1);
};

/** How two sounds of one length differ: by how much at most, and where. */
export const difference = (
  heard: Float32Array,
  expected: Float32Array,
): { readonly samples: number; readonly most: number; readonly at: number } => {
  let [most, at] = [0, -1];
  for (let index = 0; index < Math.min(heard.length, expected.length); index += 1) {
    const off = Math.abs((heard[index] ?? 0) - (expected[index] ?? 0));
    if (off > most) [most, at] = [off, index];
  }
  return { samples: heard.length - expected.length, most, at };
};

/** What an ear calls a gap or a click: the longest run of near silence, and the largest step between neighbours. */
export const breaksOf = (samples: Float32Array): { readonly silence: number; readonly step: number } => {
  let [silence, run, step] = [0, 0, 0];
  for (let at = 1; at < samples.length; at += 1) {
    const [before = 0, here = 0] = [samples[at - 1], samples[at]];
    run = Math.abs(here) < HEARD ? run + 1 : 0;
    silence = Math.max(silence, run);
    step = Math.max(step, Math.abs(here - before));
  }
  return { silence, step };
};
