import type { ClippingFacts } from './clipping.js';
import type { CutoffFacts } from './cutoff.js';
import type { SilenceEdges } from './edges.js';
import type { Loudness } from './loudness.js';
import type { MonoFacts } from './mono-analysis.js';

/** What comes of the source's own samples. */
export interface PcmFacts extends SilenceEdges, ClippingFacts, CutoffFacts {
  /** Ten a second, linear amplitude 0 to 255. */
  readonly peaks: Uint8Array;
}

/** Told by one decode: each part by a branch of it, and null where that was not asked for or cannot be. */
export interface SoundFacts {
  readonly pcm: PcmFacts | null;
  /** EBU R128 of what a listener hears: mono on two speakers, surround mixed down. Levels: see MomentaryLevels. */
  readonly loudness: (Loudness & { readonly momentaryLevels: Buffer }) | null;
  /** Chromaprint's codes of the first two minutes, 32 bits each, little-endian; empty for less than three seconds. */
  readonly fingerprint: Buffer | null;
  readonly mono: MonoFacts | null;
}

export type Branch = keyof SoundFacts;

/**
 * Each fact, which branch tells it, and the version of how. Raise a version when a fact is told in a new way: what was
 * told before is then measured again in the background, and remains until then.
 */
export const SOUND_FACTS = {
  peaks: { branch: 'pcm', version: 1 },
  silence: { branch: 'pcm', version: 1 },
  clipping: { branch: 'pcm', version: 1 },
  cutoff: { branch: 'pcm', version: 1 },
  loudness: { branch: 'loudness', version: 1 },
  /** Chromaprint's algorithm 2, its default. */
  fingerprint: { branch: 'fingerprint', version: 1 },
  mel: { branch: 'mono', version: 1 },
  tempo: { branch: 'mono', version: 1 },
  key: { branch: 'mono', version: 1 },
  energy: { branch: 'mono', version: 1 },
} as const satisfies Record<string, { readonly branch: Branch; readonly version: number }>;

export type SoundFact = keyof typeof SOUND_FACTS;
export type SoundVersions = Readonly<Partial<Record<SoundFact, number>>>;

const FACT_NAMES: readonly SoundFact[] = [
  'peaks',
  'silence',
  'clipping',
  'cutoff',
  'loudness',
  'fingerprint',
  'mel',
  'tempo',
  'key',
  'energy',
];

const pick = (
  versions: SoundVersions,
  keep: (fact: SoundFact, version: number | undefined) => boolean,
): SoundVersions =>
  Object.fromEntries(
    FACT_NAMES.flatMap((fact) => (keep(fact, versions[fact]) ? [[fact, versions[fact]]] : [])),
  );

const CURRENT: SoundVersions = Object.fromEntries(
  FACT_NAMES.map((fact) => [fact, SOUND_FACTS[fact].version]),
);

/** Pure: the versions that this ffmpeg can tell; one without Chromaprint leaves the fingerprint to a better one. */
export const versionsOfTools = (tools: { readonly chromaprint: boolean }): SoundVersions =>
  pick(CURRENT, (fact) => fact !== 'fingerprint' || tools.chromaprint);

/** Pure: of the wanted versions those of facts that a decode told. */
export const versionsTold = (wanted: SoundVersions, sound: SoundFacts): SoundVersions =>
  pick(wanted, (fact, version) => version !== undefined && sound[SOUND_FACTS[fact].branch] !== null);

/** Pure: which branches tell what is wanted and was not looked for yet. */
export const staleBranches = (wanted: SoundVersions, tried: SoundVersions): ReadonlySet<Branch> =>
  new Set(
    FACT_NAMES.filter((fact) => wanted[fact] !== undefined && wanted[fact] !== tried[fact]).map(
      (fact) => SOUND_FACTS[fact].branch,
    ),
  );

export const ALL_BRANCHES: ReadonlySet<Branch> = new Set(['pcm', 'loudness', 'fingerprint', 'mono']);
