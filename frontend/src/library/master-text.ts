import type { Master } from '../api/client';

const NAMES: Readonly<Record<string, string>> = {
  flac: 'FLAC',
  alac: 'ALAC',
  wav: 'WAV',
  pcm: 'PCM',
  mp3: 'MP3',
  aac: 'AAC',
  opus: 'Opus',
  vorbis: 'Vorbis',
  wavpack: 'WavPack',
  ape: 'APE',
};

const codecName = (codec: string): string => {
  const family = codec.toLowerCase().replace(/^pcm_.*/, 'pcm');
  return NAMES[family] ?? codec.toUpperCase();
};

const kiloHertz = (hz: number): string => String(Math.floor(hz / 1000));

/** `FLAC 24/96` where the resolution says something, `AAC 256` where the bitrate does. */
export function masterText(master: Master | null): string {
  if (!master) return '';
  const name = codecName(master.codec);
  if (master.lossless && master.sampleRateHz !== null)
    return `${name} ${master.bitDepth ?? 16}/${kiloHertz(master.sampleRateHz)}`;
  return master.bitrateKbps === null ? name : `${name} ${master.bitrateKbps}`;
}
