import { describe, expect, it } from '@jest/globals';
import { factGraph } from './fact-graph.js';
import {
  ALL_BRANCHES,
  type SoundFacts,
  staleBranches,
  versionsOfTools,
  versionsTold,
} from './sound-facts.js';

const GOOD = versionsOfTools({ chromaprint: true });
const OLD = versionsOfTools({ chromaprint: false });
const NOTHING: SoundFacts = { pcm: null, loudness: null, fingerprint: null, mono: null };

describe('the versions of facts', () => {
  it('are all that an ffmpeg tells; without Chromaprint all but the fingerprint', () => {
    expect(Object.keys(GOOD)).toHaveLength(Object.keys(OLD).length + 1);
    expect(OLD).not.toHaveProperty('fingerprint');
  });

  it('are told for what a decode told, and for nothing else', () => {
    expect(versionsTold(GOOD, NOTHING)).toEqual({});
    expect(versionsTold(GOOD, { ...NOTHING, fingerprint: Buffer.alloc(0) })).toEqual({ fingerprint: 1 });
    expect(versionsTold(OLD, { ...NOTHING, fingerprint: Buffer.alloc(4) })).toEqual({});
  });

  it('ask for a branch again when one of its facts is told in a new way', () => {
    expect(staleBranches(GOOD, GOOD)).toEqual(new Set());
    expect(staleBranches({ ...GOOD, tempo: 2 }, GOOD)).toEqual(new Set(['mono']));
    expect(staleBranches(GOOD, OLD)).toEqual(new Set(['fingerprint']));
    expect(staleBranches(OLD, GOOD)).toEqual(new Set());
    expect(staleBranches(GOOD, {})).toEqual(ALL_BRANCHES);
  });
});

describe('the graph of a decode', () => {
  const stereo = { channels: 2, channelLayout: 'stereo', sampleRateHz: 44_100 };
  const outputsOf = (graph: string): string[] =>
    graph
      .split(';')
      .map((chain) => /\[(\w+)\]$/.exec(chain)?.[1] ?? '')
      .filter((label) => label === 'pcm' || label in NOTHING);

  it('has an output for each branch that is wanted, and no other', () => {
    expect(outputsOf(factGraph(stereo, ALL_BRANCHES)).sort()).toEqual([...ALL_BRANCHES].sort());
    for (const branch of ALL_BRANCHES)
      expect(outputsOf(factGraph(stereo, new Set([branch])))).toEqual([branch]);
  });

  it('decodes once and mixes once, whatever is wanted', () => {
    const surround = factGraph({ channels: 6, channelLayout: '5.1', sampleRateHz: 44_100 }, ALL_BRANCHES);
    expect(surround.match(/\[0:a:0\]/g)).toHaveLength(1);
    expect(surround.match(/pan=stereo/g)).toHaveLength(1);
  });

  it('hears a range of a file by what stands first alone', () => {
    const [first, ...rest] = factGraph(stereo, ALL_BRANCHES, ['atrim=start_sample=5']).split(';');
    expect(first).toBe('[0:a:0]atrim=start_sample=5,asplit=3[own][heard][form]');
    expect(rest).toEqual(factGraph(stereo, ALL_BRANCHES).split(';').slice(1));
  });
});
