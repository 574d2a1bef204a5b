/** One byte each tenth of a second, linear amplitude. */
export const decodePeaks = (base64: string): Uint8Array =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** As many heights (0 to 1) as there is room for bars: the loudest byte of each stretch, so that no drum hit is lost. */
export function barHeights(peaks: Uint8Array, count: number): readonly number[] {
  if (count <= 0 || peaks.length === 0) return [];
  const highest = Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / count));
    return peaks.subarray(from, to).reduce((most, peak) => Math.max(most, peak), 0);
  });
  const loudest = Math.max(1, ...highest);
  return highest.map((peak) => peak / loudest);
}

const BAR_WIDTH = 2.4;
const BAR_STEP = 4;

/** One path for all bars: a hundred rectangles would be a hundred elements. */
export function wavePath(heights: readonly number[], height: number): string {
  return heights
    .map((share, bar) => {
      const tall = Math.max(1.5, share * height);
      const top = ((height - tall) / 2).toFixed(1);
      return `M${bar * BAR_STEP} ${top}h${BAR_WIDTH}v${tall.toFixed(1)}h-${BAR_WIDTH}z`;
    })
    .join('');
}

export const barsThatFit = (widthPx: number): number =>
  Math.max(0, Math.floor((widthPx + BAR_STEP - BAR_WIDTH) / BAR_STEP));
