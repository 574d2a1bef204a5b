import { randomFrom } from './tones.js';

/** Music of arithmetic, the same on every machine: mono, 16 bit. */

const RATE_HZ = 22_050;
/** Looked up once: a test's own global object makes every use of `Math` slow. */
const { sin, exp, round, min, max, PI } = Math;

interface Sound {
  readonly lengthSeconds: number;
  readonly at: (seconds: number, random: () => number) => number;
}

interface Strike {
  readonly atSeconds: number;
  readonly sound: Sound;
}

/** Each sound is worked out once and then added wherever it is struck. */
const render = (strikes: readonly Strike[], seconds: number, rateHz: number): Int16Array => {
  const samples = new Float64Array(round(seconds * rateHz));
  const random = randomFrom(7);
  const rendered = new Map<Sound, Float64Array>();
  for (const { atSeconds, sound } of strikes) {
    const wave =
      rendered.get(sound) ??
      Float64Array.from({ length: round(sound.lengthSeconds * rateHz) }, (_, index) =>
        sound.at(index / rateHz, random),
      );
    rendered.set(sound, wave);
    const from = round(atSeconds * rateHz);
    const length = min(wave.length, samples.length - from);
    for (let index = 0; index < length; index++)
      samples[from + index] = (samples[from + index] ?? 0) + (wave[index] ?? 0);
  }
  return Int16Array.from(samples, (value) => max(-32_768, min(32_767, round(value * 32_767))));
};

const decaying = (t: number, seconds: number): number => exp(-t / seconds);

const SOUNDS = {
  click: {
    lengthSeconds: 0.02,
    at: (t: number) => 0.7 * decaying(t, 0.004) * sin(2 * PI * 1500 * t),
  },
  kick: {
    lengthSeconds: 0.25,
    at: (t: number) => 0.6 * decaying(t, 0.07) * sin(2 * PI * (50 * t + 2 * (1 - decaying(t, 0.03)))),
  },
  snare: {
    lengthSeconds: 0.2,
    at: (t: number, random: () => number) =>
      decaying(t, 0.05) * (0.25 * (2 * random() - 1) + 0.2 * sin(2 * PI * 190 * t)),
  },
  hat: {
    lengthSeconds: 0.06,
    at: (t: number, random: () => number) => 0.08 * decaying(t, 0.012) * (2 * random() - 1),
  },
} as const;

/** Steps of a bar: k kick, s snare, h hat, anything else a rest; `beats` says how many beats the bar has. */
export interface DrumPattern {
  readonly beats: number;
  readonly steps: readonly string[];
}

export const ROCK: DrumPattern = { beats: 4, steps: ['kh', 'h', 'sh', 'h', 'kh', 'kh', 'sh', 'h'] };
export const HOUSE: DrumPattern = { beats: 4, steps: ['k', 'h', 'ks', 'h', 'k', 'h', 'ks', 'h'] };
export const FOUR: DrumPattern = { beats: 4, steps: ['kh', 'sh', 'kh', 'sh'] };
export const BREAK: DrumPattern = {
  beats: 4,
  steps: ['kh', '', 'h', 'k', 'sh', '', 'h', 's', 'h', 's', 'kh', 'k', 'sh', '', 'h', ''],
};
export const WALTZ: DrumPattern = { beats: 3, steps: ['kh', 'h', 'sh', 'h', 'sh', 'h'] };

const NAMES = { k: 'kick', s: 'snare', h: 'hat' } as const;

export function drums(pattern: DrumPattern, bpm: number, seconds: number, rateHz = RATE_HZ): Int16Array {
  const stepSeconds = ((60 / bpm) * pattern.beats) / pattern.steps.length;
  const strikes: Strike[] = [];
  for (let step = 0; step * stepSeconds < seconds; step++)
    for (const [letter, name] of Object.entries(NAMES))
      if (pattern.steps[step % pattern.steps.length]?.includes(letter) === true)
        strikes.push({ atSeconds: step * stepSeconds, sound: SOUNDS[name] });
  return render(strikes, seconds, rateHz);
}

export function clicks(bpm: number, seconds: number, rateHz = RATE_HZ): Int16Array {
  const count = Math.ceil((seconds * bpm) / 60);
  const strikes = Array.from({ length: count }, (_, beat) => ({
    atSeconds: (beat * 60) / bpm,
    sound: SOUNDS.click,
  }));
  return render(strikes, seconds, rateHz);
}

/** A note as an instrument plays it: five partials, each weaker than the one below. */
const note = (midi: number, amplitude: number, lengthSeconds: number): Sound => {
  const hz = 440 * 2 ** ((midi - 69) / 12);
  const at = (t: number): number => {
    let sum = 0;
    for (let partial = 1; partial <= 5; partial++) sum += sin(2 * PI * hz * partial * t) / partial ** 1.5;
    return amplitude * sum * decaying(t, 0.8) * min(1, t / 0.01);
  };
  return { lengthSeconds, at };
};

const MAJOR = [0, 2, 4, 5, 7, 9, 11];
const NATURAL_MINOR = [0, 2, 3, 5, 7, 8, 10];

export type Mode = 'major' | 'minor';

/** Up and down the scale from the tonic, twice. */
export function scale(tonic: number, mode: Mode, rateHz = RATE_HZ): Int16Array {
  const up = mode === 'major' ? MAJOR : NATURAL_MINOR;
  const run = [...up, 12, ...up.toReversed()];
  const notes = new Map(run.map((degree) => [degree, note(60 + tonic + degree, 0.2, 0.45)]));
  const strikes = [...run, ...run].flatMap((degree, index) => {
    const sound = notes.get(degree);
    return sound === undefined ? [] : [{ atSeconds: index * 0.3, sound }];
  });
  return render(strikes, 2 * run.length * 0.3 + 0.3, rateHz);
}

/** I IV V I, and its like in minor with the leading tone: each chord over its bass note. */
export function cadence(tonic: number, mode: Mode, rateHz = RATE_HZ): Int16Array {
  const third = mode === 'major' ? 4 : 3;
  const chords = [
    [0, third, 7],
    [5, 5 + third, 12],
    [7, 11, 14],
    [0, third, 7],
  ];
  const sounding = chords.map((chord) =>
    [(chord[0] ?? 0) - 24, ...chord].map((degree) => note(60 + tonic + degree, 0.12, 1)),
  );
  const strikes = [...sounding, ...sounding].flatMap((chord, index) =>
    chord.map((sound) => ({ atSeconds: index * 0.9, sound })),
  );
  return render(strikes, chords.length * 2 * 0.9 + 0.2, rateHz);
}
