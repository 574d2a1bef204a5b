/** The shelf of the pictures: made-up records, a sleeve drawn for each in three colours. */
export const RECORDS = [
  record(
    '潮騒メトロ',
    'Harbour Lines',
    2024,
    'City pop',
    'waves',
    ['#1f4e79', '#e8d8b9', '#d9643a'],
    ['始発', 'Tide Table', '防波堤', 'Salt on the Rails', '終着駅'],
  ),
  record(
    'Orchard of Small Hours',
    'Mira Castellane',
    2023,
    'Chamber folk',
    'circles',
    ['#2f4a36', '#f2e2c4', '#e0a43b'],
    ['Lamplight', 'Pears', 'Two Doors Down', 'A Slow Clock', 'Almost June'],
  ),
  record(
    '硝子の庭',
    '雨宮しおり',
    2025,
    'Ambient',
    'leaves',
    ['#7fb7be', '#f4f1ea', '#33576b'],
    ['朝露', '硝子の庭', '午後の温室', '水やり', '夜の芽'],
  ),
  record(
    'Northbound Radio',
    'The Paper Lighthouse',
    1998,
    'Indie pop',
    'rings',
    ['#3a2e4d', '#f3b95f', '#e4572e'],
    ['Carrier Wave', 'Mile 212', 'Snow on AM', 'Sign-off'],
  ),
  record(
    'Kitchen Table Suite',
    'Ilse & the Weather',
    2021,
    'Chamber folk',
    'grid',
    ['#b5462f', '#f7e7d3', '#3b3a36'],
    ['Kettle', 'Rain, First Movement', 'Bread', 'Window', 'Coda for Spoons'],
  ),
  record(
    '月面ピクニック',
    '星野ラジオ',
    2024,
    'Ambient',
    'moon',
    ['#171a3d', '#d8d4f2', '#f0c75e'],
    ['着陸', '月面ピクニック', '低重力', '地球の出', '帰還'],
  ),
  record(
    'Ferrous',
    'Anders Holm Trio',
    1987,
    'Jazz',
    'bars',
    ['#5a2d1f', '#d98f5c', '#efe3d6'],
    ['Oxide', 'Lathe', 'Slow Magnet', 'Rivet'],
  ),
  record(
    'Letters from the Second Floor',
    'Noor Vasquez',
    2023,
    'Indie pop',
    'letters',
    ['#7a8f6a', '#f0ead2', '#a44a3f'],
    ['Dear Landlord', 'Stairwell', 'Return to Sender', 'PS'],
  ),
];

function record(title, artist, year, genre, motif, colours, tracks) {
  return { title, artist, year, genre, motif, colours, tracks };
}

const SIDE = 800;
/** Between 0 and 1, the same in every run. */
const chance = (n) => {
  const value = Math.sin(n * 127.1 + 311.7) * 43_758.5453;
  return value - Math.floor(value);
};
const many = (count, draw) => Array.from({ length: count }, (_, n) => draw(n)).join('');

const MOTIFS = {
  waves: ([deep, , sun]) =>
    `<circle cx="560" cy="230" r="110" fill="${sun}"/>` +
    many(6, (n) => {
      const swell = many(8, () => `q 50 ${-40 + n * 5} 100 0`);
      return `<path d="M0 ${390 + n * 70} ${swell} V${SIDE} H0 Z" fill="${deep}" opacity="${0.35 + n * 0.12}"/>`;
    }),
  circles: ([, light, gold]) =>
    many(
      14,
      (n) =>
        `<circle cx="${chance(n) * SIDE}" cy="${chance(n + 50) * SIDE}" r="${50 + chance(n + 9) * 95}" fill="${n % 3 ? light : gold}"/>`,
    ),
  leaves: ([soft, , dark]) =>
    many(
      9,
      (n) =>
        `<path d="M400 760 C ${120 + n * 72} 560 ${80 + n * 80} 320 ${96 + n * 76} ${120 + chance(n) * 160} C ${240 + n * 48} 336 ${320 + n * 24} 560 400 760" fill="${n % 2 ? soft : dark}" opacity=".78"/>`,
    ),
  rings: ([, gold, red]) =>
    many(
      11,
      (n) =>
        `<circle cx="400" cy="500" r="${48 + n * 46}" fill="none" stroke="${n % 3 ? gold : red}" stroke-width="${9 + n}"/>`,
    ) + `<rect x="376" y="240" width="48" height="272" fill="${gold}"/>`,
  grid: ([, light, dark]) =>
    many(36, (n) => {
      const [x, y] = [80 + (n % 6) * 112, 80 + Math.floor(n / 6) * 112];
      return (n + Math.floor(n / 6)) % 2
        ? `<rect x="${x}" y="${y}" width="88" height="88" fill="${light}"/>`
        : `<circle cx="${x + 44}" cy="${y + 44}" r="36" fill="${dark}"/>`;
    }),
  moon: ([night, light, sand]) =>
    `<circle cx="416" cy="344" r="208" fill="${light}"/><circle cx="480" cy="304" r="184" fill="${night}"/>` +
    many(
      60,
      (n) =>
        `<circle cx="${chance(n) * SIDE}" cy="${chance(n + 80) * 560}" r="${2 + chance(n + 4) * 4}" fill="${sand}"/>`,
    ) +
    `<path d="M0 656 Q 200 592 400 656 T ${SIDE} 640 V${SIDE} H0Z" fill="${sand}"/>`,
  bars: ([, copper, light]) =>
    many(
      16,
      (n) =>
        `<rect x="${48 + n * 45}" y="${160 + chance(n) * 304}" width="26" height="${240 + chance(n + 7) * 240}" fill="${n % 4 ? copper : light}"/>`,
    ),
  letters: ([, paper, ink]) =>
    many(
      7,
      (n) =>
        `<g transform="translate(${96 + chance(n) * 448} ${72 + n * 92}) rotate(${-14 + chance(n + 3) * 28})"><rect width="240" height="152" fill="${paper}"/><path d="M0 0 L120 88 L240 0" fill="none" stroke="${ink}" stroke-width="7"/></g>`,
    ),
};

export const sleeveOf = ({ motif, colours }) => {
  const ground = ['waves', 'leaves'].includes(motif) ? colours[1] : colours[0];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}" width="${SIDE}" height="${SIDE}"><rect width="${SIDE}" height="${SIDE}" fill="${ground}"/>${MOTIFS[motif](colours)}</svg>`;
};
