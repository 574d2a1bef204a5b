/** The part of a Shaka variant that names what is heard. */
export interface HeardVariant {
  readonly codecs: string | null;
  readonly bandwidth: number;
  readonly representationId: string | null;
}

const RUNGS_KBPS = [96, 160, 320] as const;
const NAMES: Readonly<Record<string, string>> = { aac: 'AAC', opus: 'Opus', flac: 'FLAC' };

const codecOf = (codecs: string | null): string | null => {
  const name = (codecs ?? '').toLowerCase();
  if (name.startsWith('mp4a')) return 'aac';
  return name in NAMES ? name : null;
};

/** Manifests state the peak, so the nearest rung is only the answer where the representation does not name its own. */
const nearestRung = (bandwidth: number): number =>
  RUNGS_KBPS.reduce((best, rung) =>
    Math.abs(rung - bandwidth / 1000) < Math.abs(best - bandwidth / 1000) ? rung : best,
  );

/** `Opus 160`, `AAC 320`, `FLAC`; null while nothing is known. */
export function renditionLabel({ codecs, bandwidth, representationId }: HeardVariant): string | null {
  const codec = codecOf(codecs);
  if (codec === null) return null;
  const name = NAMES[codec] ?? codec;
  if (codec === 'flac') return name;
  const named = /(?:aac|opus)-(\d+)/.exec(representationId ?? '')?.[1];
  return `${name} ${named ?? nearestRung(bandwidth)}`;
}
