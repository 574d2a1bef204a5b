/** A colour in OKLab: lightness 0 to 1, a and b around 0. */
interface Lab {
  readonly l: number;
  readonly a: number;
  readonly b: number;
}

const GREY_CHROMA = 0.03;
const GREY_SHARE = 0.85;
const CLUSTERS = 5;
const ROUNDS = 12;
const GREY_SCORE = 0.04;

const chroma = ({ a, b }: Lab): number => Math.hypot(a, b);

/**
 * Pure: the colour of a cover as `oklch(L C H)`, from its pixels (R, G, B, 0 to 255, at about 64 x 64). Greys are left
 * out unless nearly all is grey (then the result is grey: no hue is invented); the rest is clustered to five colours,
 * and the one that is large and colourful at once wins.
 */
export function artworkColor(rgb: Uint8Array): string {
  const pixels = Array.from({ length: Math.floor(rgb.length / 3) }, (_, index) => toLab(rgb, index * 3));
  const colourful = pixels.filter((pixel) => chroma(pixel) >= GREY_CHROMA);
  const isGrey = pixels.length - colourful.length > GREY_SHARE * pixels.length;
  const clusters = cluster(isGrey || colourful.length === 0 ? pixels : colourful);
  const winner = clusters.reduce((best, next) => (score(next) > score(best) ? next : best), EMPTY);
  return format(winner.center);
}

interface Cluster {
  readonly center: Lab;
  readonly size: number;
}

const EMPTY: Cluster = { center: { l: 0, a: 0, b: 0 }, size: 0 };
const score = ({ center, size }: Cluster): number => size * (chroma(center) + GREY_SCORE);

/** k-means, begun with the points that lie furthest apart, so that the same cover always gives the same colour. */
function cluster(pixels: readonly Lab[]): Cluster[] {
  let centers = spread(pixels);
  let clusters: Cluster[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const sums = centers.map(() => ({ l: 0, a: 0, b: 0, size: 0 }));
    for (const pixel of pixels) {
      const sum = sums[nearest(pixel, centers)];
      if (sum === undefined) continue;
      sum.l += pixel.l;
      sum.a += pixel.a;
      sum.b += pixel.b;
      sum.size++;
    }
    clusters = sums
      .filter(({ size }) => size > 0)
      .map(({ l, a, b, size }) => ({ center: { l: l / size, a: a / size, b: b / size }, size }));
    centers = clusters.map(({ center }) => center);
  }
  return clusters;
}

function spread(pixels: readonly Lab[]): Lab[] {
  const [first] = pixels;
  if (first === undefined) return [];
  const centers = [first];
  const distances = pixels.map((pixel) => distance(pixel, first));
  while (centers.length < CLUSTERS) {
    const furthest = distances.reduce(
      (best, value, index) => (value > (distances[best] ?? 0) ? index : best),
      0,
    );
    const next = pixels[furthest];
    if (next === undefined || distances[furthest] === 0) break;
    centers.push(next);
    pixels.forEach((pixel, index) => {
      distances[index] = Math.min(distances[index] ?? 0, distance(pixel, next));
    });
  }
  return centers;
}

const nearest = (pixel: Lab, centers: readonly Lab[]): number =>
  centers.reduce((best, center, index) => {
    const other = centers[best];
    return other !== undefined && distance(pixel, center) < distance(pixel, other) ? index : best;
  }, 0);

const distance = (p: Lab, q: Lab): number => (p.l - q.l) ** 2 + (p.a - q.a) ** 2 + (p.b - q.b) ** 2;

const toLinear = (byte: number): number => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};
const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => toLinear(byte));

/** Björn Ottosson's matrices for sRGB. */
function toLab(rgb: Uint8Array, at: number): Lab {
  const light = (offset: number): number => LINEAR[rgb[at + offset] ?? 0] ?? 0;
  const [red, green, blue] = [light(0), light(1), light(2)];
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  };
}

function format(color: Lab): string {
  const c = chroma(color);
  const hue = ((Math.atan2(color.b, color.a) * 180) / Math.PI + 360) % 360;
  return c < 0.005
    ? `oklch(${color.l.toFixed(2)} 0.00 0)`
    : `oklch(${color.l.toFixed(2)} ${c.toFixed(2)} ${Math.round(hue) % 360})`;
}
