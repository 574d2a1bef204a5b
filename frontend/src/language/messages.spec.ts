import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { usedPatterns } from './used-messages-for-specs';

interface Messages {
  readonly [key: string]: string | Messages;
}

const flat = (messages: Messages, prefix = ''): readonly (readonly [string, string])[] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : flat(value, `${prefix}${key}.`),
  );

/** What a message is given and how it takes it: `count plural`, `album tag`. */
const argumentsOf = (elements: readonly MessageFormatElement[]): readonly string[] =>
  elements.flatMap((element) => {
    switch (element.type) {
      case TYPE.literal:
      case TYPE.pound:
        return [];
      case TYPE.plural:
      case TYPE.select:
        return [
          `${element.value} ${TYPE[element.type]}`,
          ...Object.values(element.options).flatMap(({ value }) => argumentsOf(value)),
        ];
      case TYPE.tag:
        return [`${element.value} tag`, ...argumentsOf(element.children)];
      case TYPE.argument:
      case TYPE.number:
      case TYPE.date:
      case TYPE.time:
        return [`${element.value} ${TYPE[element.type]}`];
    }
  });

const SOURCES = join(import.meta.dirname, '..');

const read = (language: string) =>
  // A file of ours, whose shape the page's own types check.
  flat(JSON.parse(readFileSync(join(SOURCES, `../messages/${language}.json`), 'utf8')) as Messages);

const ENGLISH = read('en');
const JAPANESE = new Map(read('ja'));

describe('the messages', () => {
  it('are the same in both languages, in the same order', () => {
    expect([...JAPANESE.keys()]).toEqual(ENGLISH.map(([key]) => key));
  });

  it.each(ENGLISH)('take the same arguments in both languages: %s', (key, text) => {
    const wanted = (message: string): readonly string[] => [...new Set(argumentsOf(parse(message)))].sort();
    expect(wanted(JAPANESE.get(key) ?? '')).toEqual(wanted(text));
  });

  it('are all shown somewhere', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.spec\.|types\.ts$/.test(file))
      .map((file) => readFileSync(join(SOURCES, file), 'utf8'));
    const patterns = usedPatterns(files);
    expect(ENGLISH.map(([key]) => key).filter((key) => !patterns.some((used) => used.test(key)))).toEqual([]);
  });
});
