import { describe, expect, it } from '@jest/globals';
import { kanjiNumber } from './kanji-number';
import { languageOf } from './language-of';

describe('a number on the obi', () => {
  it.each([
    [1, '一'],
    [10, '十'],
    [31, '三十一'],
    [47, '四十七'],
    [110, '百十'],
    [2026, '二千二十六'],
    [0, '0'],
    [12_000, '12000'],
  ])('%s is written %s', (n, text) => {
    expect(kanjiNumber(n)).toBe(text);
  });
});

describe('the language a title is marked with', () => {
  it.each([
    ['電線とカラス', 'ja'],
    ['海', 'ja'],
    ['봄날', 'ko'],
    ['Группа крови', 'ru'],
    ['Harbour Without Boats', undefined],
    ['Beyoncé', undefined],
  ])('%s: %s', (title, language) => {
    expect(languageOf(title)).toBe(language);
  });
});
