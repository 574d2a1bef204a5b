import { readFile } from 'node:fs/promises';
import type { MusicServer } from '../../../backend/test/support/music-server.js';
import type { QueueGrantDto } from '../../../backend/src/streaming/playback.dto.js';

type Item = QueueGrantDto['items'][number];

/** The rung of which the page last fetched a segment: in the middle of a track it may have taken up another. */
const fetchedRung = (fetched: readonly string[], item: Item, index: number): Item['rungs'][number] => {
  const path = fetched.findLast(
    (each) => each.includes(`/${item.trackId}/`) && each.endsWith(`/full/${index}.m4s`),
  );
  const rung = item.rungs.find(({ segments }) => path?.startsWith(segments.split('/full/')[0] ?? '/'));
  if (rung === undefined) throw new Error(`segment ${index} of ${item.trackId} was never fetched`);
  return rung;
};

/** What the page played of a track, in the stored form of its segments, as one file. */
const writePlayed = async (
  music: MusicServer,
  item: Item,
  fetched: readonly string[],
  name: string,
): Promise<string> => {
  const rungs = Array.from({ length: item.segmentCount }, (_, index) => fetchedRung(fetched, item, index));
  const addresses = rungs.map(({ segments }, index) => segments.replace('full/$Number$', String(index)));
  const parts = await Promise.all([rungs[0]?.init ?? '', ...addresses].map((each) => music.bytes(each)));
  return music.tones.write(name, Buffer.concat(parts));
};

/** The first channel. */
const decoded = async (music: MusicServer, name: string, args: readonly string[] = []) => {
  const raw = `${name}.raw`;
  await music.tones.run([...args, '-i', music.tones.path(name), '-f', 'f32le', music.tones.path(raw)]);
  const bytes = await readFile(music.tones.path(raw));
  return Float32Array.from({ length: bytes.length / 8 }, (_, at) => bytes.readFloatLE(at * 8));
};

/**
 * What a queue has to sound like: the renditions that were fetched, decoded by ffmpeg, each cut to its music, end to end. AAC by
 * one decoder for all, as a browser does it: the noise that stands in for some bands is random, and goes on.
 */
export const expectedSound = async (
  music: MusicServer,
  codec: string,
  items: readonly Item[],
  fetched: readonly string[],
): Promise<Float32Array> => {
  const names = items.map((_, at) => `expected-${codec}-${at}.mp4`);
  for (const [at, item] of items.entries()) await writePlayed(music, item, fetched, names[at] ?? '');
  if (codec !== 'aac') {
    const decoder = codec === 'opus' ? ['-c:a', 'libopus'] : [];
    const all = await Promise.all(names.map((name) => decoded(music, name, decoder)));
    return joined(all.map((sound, at) => sound.subarray(0, items[at]?.samples)));
  }
  const streams: Buffer[] = [];
  for (const name of names) {
    const packets = music.tones.path(`${name}.aac`);
    const copy = ['-ignore_editlist', '1', '-i', music.tones.path(name), '-c', 'copy', '-f', 'adts', packets];
    await music.tones.run(copy);
    streams.push(await readFile(packets));
  }
  await music.tones.write('expected.aac', Buffer.concat(streams));
  const whole = await decoded(music, 'expected.aac');
  let start = 0;
  return joined(
    items.map(({ samples, primingSamples, frameSamples }) => {
      const from = start + primingSamples;
      start += Math.ceil((primingSamples + samples) / frameSamples) * frameSamples;
      return whole.subarray(from, from + samples);
    }),
  );
};

const joined = (parts: readonly Float32Array[]): Float32Array => {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
