export interface ProgramListing {
  /** `ffmpeg -version`, which also names what it was configured with. */
  readonly version: string;
  readonly encoders: string;
  readonly filters: string;
  readonly muxers: string;
  /** `ffmpeg -h muxer=mp4` */
  readonly mp4Muxer: string;
}

export interface Capabilities {
  readonly version: string;
  /** What the ladder or the facts need and this build lacks, in words. Empty is good. */
  readonly missing: readonly string[];
  /** Without it tracks have no fingerprint until a better build comes; everything else works. */
  readonly chromaprint: boolean;
  /** A sentence for the administrator when the build is older than what this project is tested with. */
  readonly degraded: string | null;
}

const ENCODERS = ['aac', 'libopus', 'flac'];
const FILTERS = ['ebur128', 'asetpts', 'asettb', 'aresample', 'pan', 'asplit'];
const MP4_FLAGS = ['delay_moov', 'default_base_moof', 'skip_trailer'];
const OLDEST_TESTED = { major: 5, minor: 1, year: 2022 };

/** Pure: reads ffmpeg's own listings. */
export function readCapabilities(listing: ProgramListing): Capabilities {
  const version = readVersion(listing.version);
  const encoders = namesIn(listing.encoders);
  const filters = namesIn(listing.filters);
  return {
    version,
    missing: [
      ...ENCODERS.filter((name) => !encoders.has(name)).map((name) => `encoder ${name}`),
      ...FILTERS.filter((name) => !filters.has(name)).map((name) => `filter ${name}`),
      ...MP4_FLAGS.filter((flag) => !listing.mp4Muxer.includes(flag)).map((flag) => `mp4 flag ${flag}`),
      ...(listing.version.includes('--enable-libsoxr') ? [] : ['resampler soxr']),
    ],
    chromaprint: namesIn(listing.muxers).has('chromaprint'),
    degraded: isOld(listing.version, version)
      ? `ffmpeg ${version} is older than ${OLDEST_TESTED.major}.${OLDEST_TESTED.minor}: it works, but its decoders ` +
        'lack years of security fixes. Install a current ffmpeg on this machine.'
      : null,
  };
}

/** The second word of each row: ` A..... aac   AAC (Advanced Audio Coding)`. */
function namesIn(table: string): Set<string> {
  return new Set(table.split('\n').flatMap((row) => /^ *\S+ +(\S+)/.exec(row)?.[1] ?? []));
}

function readVersion(text: string): string {
  return /^ff(?:mpeg|probe) version (\S+)/m.exec(text)?.[1] ?? 'unknown';
}

/** Null for a build from git, whose name tells no release. */
function isOldRelease(version: string): boolean | null {
  const release = /^n?(\d+)\.(\d+)/.exec(version);
  if (release === null) return null;
  const major = Number(release[1]);
  return (
    major < OLDEST_TESTED.major || (major === OLDEST_TESTED.major && Number(release[2]) < OLDEST_TESTED.minor)
  );
}

/** Pure: by its name alone, a build that may decode to other counts than those that this project is tested with. */
export const mayCountOtherwise = (version: string): boolean => isOldRelease(version) ?? true;

function isOld(text: string, version: string): boolean {
  const old = isOldRelease(version);
  if (old !== null) return old;
  // Builds from git have no release number; the year of their copyright line dates them.
  const year = /Copyright \(c\) \d{4}-(\d{4})/.exec(text)?.[1];
  return year === undefined || Number(year) < OLDEST_TESTED.year;
}
