const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;
const PLACES = [
  [1000, '千'],
  [100, '百'],
  [10, '十'],
] as const;

/** 31 is 三十一: how an obi writes a number. Above 9,999 digits read better. */
export function kanjiNumber(n: number): string {
  if (!Number.isInteger(n) || n < 1 || n > 9999) return String(n);
  let rest = n;
  let text = '';
  for (const [value, sign] of PLACES) {
    const digit = Math.floor(rest / value);
    if (digit > 0) text += (digit > 1 ? DIGITS[digit] : '') + sign;
    rest %= value;
  }
  return text + (DIGITS[rest] ?? '');
}
