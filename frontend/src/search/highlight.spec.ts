import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { highlight } from './highlight';

const marked = (text: string, query: string) =>
  highlight(text, query)
    .map((stretch) => (stretch.hit ? `[${stretch.text}]` : stretch.text))
    .join('');

describe('what was asked for is marked in a title', () => {
  it.each([
    ['Minaret, Wrong Side of Town', 'mina', '[Mina]ret, Wrong Side of Town'],
    ['Déjà Vu', 'deja', '[Déjà] Vu'],
    ['港町、午前四時', '港町', '[港町]、午前四時'],
    ['Harbour Without Boats', 'boats harbour', 'Harbour Without [Boats]'],
    ['Straße', 'stra', '[Stra]ße'],
    ['Slow Meridian', 'xyz', 'Slow Meridian'],
    ['Slow Meridian', '  ', 'Slow Meridian'],
  ])('%s, asked for %s', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });

  it('never loses or adds a letter', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme', maxLength: 4 }),
        (text, query) => {
          expect(
            highlight(text, query)
              .map((stretch) => stretch.text)
              .join(''),
          ).toBe(text);
        },
      ),
    );
  });
});
