import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FfmpegOutput } from './ffmpeg.js';
import { judge } from './fact-rules.js';
import type { FfmpegTools } from './find-ffmpeg.js';
import { branchesOf, decode, type MeasureOptions, tell, tellInOneForm } from './listening.js';
import { fileError, MediaError } from './media-error.js';
import { probe } from './probe.js';
import { type FileEnds, HEAD_BYTES, promisedLength, TAIL_BYTES } from './promised-length.js';
import { type PathBytes, withReadablePath } from './readable-path.js';
import type { SourceRange } from './source-range.js';
import { ALL_BRANCHES, type Branch, type SoundFacts } from './sound-facts.js';

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
  readonly sound: SoundFacts;
  /** Sentences for a file that plays although something is wrong with it. */
  readonly warnings: readonly string[];
  readonly ffmpegVersion: string;
  /** Channels or rate are others later in the file: what is told of them here is how it begins. */
  readonly changesForm: boolean;
}

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
    const branches = branchesOf(ALL_BRANCHES, tools);
    const { sound, sampleCount, errors, changesForm } = await tell(
      tools,
      { input, source, branches },
      options,
      [packets.output],
    );
    const promised = promisedLength(source.container, source.headerSamples, ends);
    const warnings = judge({ source, promised, sampleCount, errors });
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
      sound,
      ...packets.digest(),
      warnings,
      ffmpegVersion: tools.version,
      changesForm,
    };
  });
}

/** Sound that was measured before: a file, or the part of one that is a track by itself. */
export interface KnownSound {
  readonly path: PathBytes;
  readonly range?: SourceRange;
  readonly changesForm?: boolean;
}

/** Some facts of it, which are told in a new way now. Throws as `measure` does. */
export async function remeasure(
  tools: FfmpegTools,
  { path, range, changesForm }: KnownSound,
  branches: ReadonlySet<Branch>,
  options: MeasureOptions = {},
): Promise<SoundFacts> {
  await readEnds(path);
  return withReadablePath(path, async (input) => {
    const source = await probe(tools, input, options);
    const heard = { input, source, range, branches: branchesOf(branches, tools) };
    const told = changesForm === true ? tellInOneForm : tell;
    return (await told(tools, heard, options)).sound;
  });
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
