export const QUALITIES = ['auto', 'low', 'normal', 'high', 'lossless'] as const;
export type Quality = (typeof QUALITIES)[number];

/** Where a quality is chosen for: what plays over this network, over mobile data, and what is downloaded. */
export const QUALITY_PLACES = ['network', 'mobile', 'downloads'] as const;
export type QualityPlace = (typeof QUALITY_PLACES)[number];

export type QualityChoice = Readonly<Record<QualityPlace, Quality>>;

/** Downloads have no line to adapt to, so they begin at the middle rung, which is a fair part of a phone's storage. */
export const DEFAULT_QUALITY: QualityChoice = { network: 'auto', mobile: 'auto', downloads: 'normal' };

const BITRATES_KBPS: Readonly<Record<Quality, number | null>> = {
  auto: null,
  low: 96,
  normal: 160,
  high: 320,
  lossless: null,
};

/** The one rung of its codec that is kept to; null where the line decides, and where a codec has only one. */
export const bitrateKbpsOf = (quality: Quality): number | null => BITRATES_KBPS[quality];

export const isQuality = (name: unknown): name is Quality => QUALITIES.some((each) => each === name);

/** What a stored choice means; whatever nobody could have chosen is as if it were not there. */
export const readChoice = (stored: string | null): QualityChoice => {
  const parsed = parse(stored);
  const of = (place: QualityPlace): Quality => {
    const chosen = parsed[place];
    return isQuality(chosen) && (place !== 'downloads' || chosen !== 'auto')
      ? chosen
      : DEFAULT_QUALITY[place];
  };
  return { network: of('network'), mobile: of('mobile'), downloads: of('downloads') };
};

const parse = (stored: string | null): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
};
