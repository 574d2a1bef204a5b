import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { commonEncoding, guessText, rereadText } from './encodings.js';

/** How a field looks that was written in a code page and read as Latin-1. */
const misread = (text: string, encoding: string): string => iconv.encode(text, encoding).toString('latin1');

const TABLE: readonly (readonly [string, string])[] = [
  ['cp932', '残酷な天使のテーゼ'],
  ['cp932', '宇多田ヒカル'],
  ['cp932', '椎名林檎'],
  ['cp932', '千本桜'],
  ['cp932', 'First Love (リマスター)'],
  ['cp932', '東京事変'],
  ['cp932', '坂本龍一'],
  ['cp932', 'さくらんぼ'],
  ['cp932', '米津玄師 - Lemon'],
  ['cp932', '交響曲第九番「合唱」'],
  ['cp932', 'となりのトトロ'],
  ['cp932', 'ドラゴンクエストⅤ'],
  ['eucjp', '涙そうそう'],
  ['eucjp', '上を向いて歩こう'],
  ['eucjp', '久石譲'],
  ['eucjp', '時には昔の話を'],
  ['gbk', '周杰伦'],
  ['gbk', '月亮代表我的心'],
  ['gbk', '邓丽君精选集'],
  ['gbk', '青花瓷'],
  ['gbk', '陈奕迅 - 十年'],
  ['gbk', '朋友'],
  ['gbk', '梁祝小提琴协奏曲'],
  ['gbk', '光辉岁月'],
  ['gbk', '后来'],
  ['gbk', '平凡之路'],
  ['big5', '周杰倫'],
  ['big5', '張惠妹'],
  ['big5', '海闊天空'],
  ['big5', '五月天'],
  ['big5', '月亮代表我的心'],
  ['big5', '愛如潮水'],
  ['euckr', '서태지와 아이들'],
  ['euckr', '소녀시대'],
  ['euckr', '강남스타일'],
  ['win1251', 'Кино'],
  ['win1251', 'Группа крови'],
  ['win1251', 'Виктор Цой'],
  ['win1251', 'Земфира'],
  ['win1251', 'Пётр Ильич Чайковский'],
  ['win1251', 'КАЛИНКА'],
  ['win1251', 'Аквариум - Город золотой'],
  ['win1251', 'Подмосковные вечера'],
  ['win1251', 'Океан Ельзи'],
  ['koi8-r', 'Машина времени'],
  ['koi8-r', 'Звезда по имени Солнце'],
  ['win1253', 'Μίκης Θεοδωράκης'],
  ['win1253', 'Τα παιδιά του Πειραιά'],
  ['utf8', 'Björk'],
  ['utf8', '東京'],
  ['utf8', 'Édith Piaf – La vie en rose'],
  ['win1252', 'Björk'],
  ['win1252', 'Sigur Rós – Ágætis byrjun'],
  ['win1252', 'Beyoncé'],
  ['win1252', 'Mötley Crüe'],
  ['win1252', 'Motörhead'],
  ['win1252', 'Antônio Carlos Jobim'],
  ['win1252', 'Don’t Stop Believin’'],
  ['win1252', 'Noël à Montréal'],
  ['win1252', 'MÖTÖRHEAD – ÜBERMENSCH'],
];

describe('the guess of an encoding', () => {
  it('reads at least 57 of 60 titles and names as they were written', () => {
    const wrong = TABLE.flatMap(([encoding, text]) => {
      const guess = guessText(misread(text, encoding));
      return guess.text === text ? [] : [`${text} (${encoding}) read as ${guess.text} (${guess.encoding})`];
    });
    expect(TABLE).toHaveLength(60);
    if (wrong.length > 0) process.stdout.write(`misread: ${wrong.join('; ')}\n`);
    expect(wrong.slice(3)).toEqual([]);
  });

  it.each([
    'Björk',
    'Sigur Rós',
    'Beyoncé',
    'Motörhead',
    'Queensrÿche',
    'Blue Öyster Cult',
    'Röyksopp',
    'Mylène Farmer',
    'Céline Dion',
    'Café Tacvba',
    'Maná',
    'Jóhann Jóhannsson',
    'Ólafur Arnalds',
    'Þorgeir',
    'Ø',
    'Æ',
    'Ænima',
    'Håkan Hellström',
    'Françoise Hardy',
    'Los Ángeles Azules',
    'Año Nuevo',
    '¿Dónde jugarán los niños?',
    'Für Elise',
    'Käse & Brötchen',
    'TRÊS',
    'ÉTÉ',
    'À bout de souffle',
    'Ça ira',
    'Über',
    'Señorita',
    'Mañana',
    'Déjà Vu',
    'naïve',
    'Árstíðir',
    'Íslands',
    'Løvefødt',
    'Åså',
    'Noël',
    '25°C',
    '½ Moon',
    'Plain ASCII, nothing else (1999)',
  ])('leaves %s alone', (text) => {
    expect(guessText(text).text).toBe(text);
  });

  it('leaves text alone that was never Latin-1', () => {
    expect(guessText('東京 – Björk')).toEqual({ text: '東京 – Björk', encoding: 'unicode' });
  });

  it('uses what the other fields of the file say for a short one', () => {
    const fields = ['Группа крови', 'Виктор Цой'].map((text) => misread(text, 'win1251'));
    expect(commonEncoding([...fields, 'Rock'])).toBe('win1251');
    expect(commonEncoding(['Rock', 'Pop'])).toBeNull();
  });

  it('reads a field anew in the code page that a person names', () => {
    expect(rereadText(misread('Кино', 'win1251'), 'win1251')).toBe('Кино');
    expect(rereadText('ÿ', 'cp932')).toBeNull();
  });
});
