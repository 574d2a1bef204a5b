import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { stereoPan } from './downmix.js';
import { type FfmpegOutput, type FfmpegRun, runFfmpeg } from './ffmpeg.js';
import type { FfmpegTools } from './find-ffmpeg.js';
import { judge } from './fact-rules.js';
import { readLoudness } from './loudness.js';
import { fileError, MediaError } from './media-error.js';
import { type Probe, probe } from './probe.js';
import { type FileEnds, HEAD_BYTES, promisedLength, TAIL_BYTES } from './promised-length.js';
import { type PathBytes, withReadablePath } from './readable-path.js';
import type { TextTail } from './text-tail.js';
import { Waveform } from './waveform.js';

export interface AudioHash {
  /** SHA-256 over the audio packets: tags and covers are no part of it. */
  readonly audioHash: Buffer;
  readonly audioBytes: number;
}

export interface TrackFacts extends AudioHash {
  readonly codec: string;
  readonly container: string;
  readonly lossless: boolean;
  readonly sampleRateHz: number;
  readonly bitDepth: number | null;
  readonly channels: number;
  readonly bitrateKbps: number | null;
  /** Decoded, at the source's rate: exact for the ffmpeg that counted, so keep its version beside it. */
  readonly sampleCount: number;
  readonly durationMs: number;
  /** EBU R128 of what a listener hears (mono on two speakers, surround mixed down); null when it is silent or too short. */
  readonly integratedLufs: number | null;
  readonly truePeakDbtp: number | null;
  /** Ten a second, linear amplitude 0 to 255. */
  readonly peaks: Uint8Array;
  /** Sentences for a file that plays although something is wrong with it. */
  readonly warnings: readonly string[];
  readonly ffmpegVersion: string;
  /** Channels or rate are others later in the file: what is told of them here is how it begins. */
  readonly changesForm: boolean;
}

export interface MeasureOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

const MEASURE_LIMIT_MS = 3_600_000;

/**
 * Decodes a file once and tells its facts. Throws MediaError UNREADABLE, EMPTY_FILE, NOT_AUDIO, NO_SAMPLES, TRUNCATED,
 * UNDECODABLE, SYSTEM_FAULT, TIMED_OUT or CANCELLED, each with a sentence for the person whose file it is.
 */
export async function measure(
  tools: FfmpegTools,
  path: PathBytes,
  options: MeasureOptions = {},
): Promise<TrackFacts> {
  const ends = await readEnds(path);
  return withReadablePath(path, async (input) => {
    const source = await probe(tools, input, options);
    const packets = new PacketHash();
    const asItIs = await listen(tools, options, { input }, source, [packets.output]);
    const changesForm = asItIs.said.beginnings > 1;
    const { said, waveform } = changesForm
      ? await listen(tools, options, { input, oneForm: source }, { ...source, channels: 2 }, [])
      : asItIs;
    const promised = promisedLength(source.container, source.headerSamples, ends);
    const sampleCount = waveform.sampleCount;
    const warnings = judge({ source, promised, sampleCount, errors: asItIs.said.errorCount });
    return {
      codec: source.codec,
      container: source.container,
      lossless: source.lossless,
      sampleRateHz: source.sampleRateHz,
      bitDepth: source.bitDepth,
      channels: source.channels,
      bitrateKbps: source.bitrateKbps,
      sampleCount,
      durationMs: Math.round((sampleCount * 1000) / source.sampleRateHz),
      ...readLoudness(said.text),
      peaks: waveform.peaks(),
      ...packets.digest(),
      warnings,
      ffmpegVersion: tools.version,
      changesForm,
    };
  });
}

/** One decode for all that can be heard. */
async function listen(
  tools: FfmpegTools,
  options: MeasureOptions,
  input: Pick<FfmpegRun, 'input' | 'oneForm'>,
  source: Pick<Probe, 'sampleRateHz' | 'channels' | 'channelLayout'>,
  more: readonly FfmpegOutput[],
): Promise<{ readonly said: TextTail; readonly waveform: Waveform }> {
  const waveform = new Waveform(source.sampleRateHz, source.channels);
  const said = await decode(tools, options, {
    ...input,
    filterComplex: factFilters(source),
    outputs: [
      { args: ['-map', '[pcm]', '-f', 's16le'], sink: (chunk) => waveform.add(chunk) },
      { args: ['-map', '[loudness]', '-f', 'null'], sink: null },
      ...more,
    ],
    verbosity: 'info',
  });
  return { said, waveform };
}

/** The hash of the audio packets alone, without decoding: the same as `measure` gives. Throws as `measure` does. */
export async function hashAudio(
  tools: FfmpegTools,
  path: PathBytes,
  options: MeasureOptions = {},
): Promise<AudioHash> {
  await readEnds(path);
  return withReadablePath(path, async (input) => {
    const packets = new PacketHash();
    await decode(tools, options, { input, outputs: [packets.output], verbosity: 'error' });
    return packets.digest();
  });
}

/** copypriorss: a cover's timestamp must not decide which packets count as "before the start". */
const PACKET_ARGS = ['-map', '0:a:0', '-c', 'copy', '-copypriorss', '1', '-f', 'data'];

/** Pure: PCM for counting and peaks on one branch, the meter on the other, which hears what a listener hears. */
export function factFilters(source: Pick<Probe, 'channels' | 'channelLayout'>): string {
  const pan = stereoPan(source.channels, source.channelLayout);
  // Said for two channels too: a stream that does not name its layout would be refused by the meter.
  const mix = source.channels > 2 ? `aformat=sample_fmts=fltp,${pan}` : pan;
  return [
    '[0:a:0]asplit=3[a][b][c]',
    '[a]aformat=sample_fmts=s16[pcm]',
    // framelog=verbose keeps its ten lines a second out of the log; `quiet` does not exist before ffmpeg 6.
    `[b]${mix},ebur128=peak=true:framelog=verbose[loudness]`,
    // A change of channels or rate begins all filters anew: each beginning is told once (TextTail.beginnings).
    '[c]aselect=eq(n\\,0),ashowinfo,anullsink',
  ].join(';');
}

class PacketHash {
  private readonly hash = createHash('sha256');
  private bytes = 0;

  readonly output: FfmpegOutput = {
    args: PACKET_ARGS,
    sink: (chunk) => {
      this.hash.update(chunk);
      this.bytes += chunk.length;
    },
  };

  digest(): AudioHash {
    return { audioHash: this.hash.digest(), audioBytes: this.bytes };
  }
}

async function decode(
  tools: FfmpegTools,
  { signal, timeoutMs = MEASURE_LIMIT_MS }: MeasureOptions,
  run: Omit<FfmpegRun, keyof MeasureOptions>,
): Promise<TextTail> {
  try {
    return await runFfmpeg(tools, { ...run, signal, timeoutMs });
  } catch (error) {
    if (!(error instanceof MediaError && error.code === 'FFMPEG_FAILED')) throw error;
    throw new MediaError('UNDECODABLE', 'The sound in this file cannot be decoded: it is damaged.', {
      cause: error,
    });
  }
}

/** A named pipe would hold whoever opens it until somebody writes. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

async function readEnds(path: PathBytes): Promise<FileEnds> {
  try {
    const file = await open(path, READ_WITHOUT_WAITING);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) throw new MediaError('NOT_AUDIO', 'This is not a regular file.');
      const { size } = stats;
      if (size === 0) throw new MediaError('EMPTY_FILE', 'The file is empty.');
      const read = async (length: number, position: number): Promise<Buffer> => {
        const buffer = Buffer.alloc(length);
        const { bytesRead } = await file.read(buffer, 0, length, position);
        return buffer.subarray(0, bytesRead);
      };
      const head = await read(Math.min(size, HEAD_BYTES), 0);
      const tailBytes = Math.min(size, TAIL_BYTES);
      return { head, tail: await read(tailBytes, size - tailBytes), sizeBytes: size };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(error);
  }
}
