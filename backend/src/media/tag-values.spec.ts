import { describe, expect, it } from '@jest/globals';
import { joinSlashed, lrcText, tidy, tidyDate, uuid } from './tag-values.js';

describe('a name with slashes', () => {
  it.each([
    ['AC/DC', 0, ['AC/DC']],
    ['M/A/R/R/S', 0, ['M/A/R/R/S']],
    ['Queen/David Bowie', 0, ['Queen', 'David Bowie']],
    ['Queen/AC/DC', 0, ['Queen', 'AC/DC']],
    ['GZA/Genius', 0, ['GZA/Genius']],
    ['GZA/U2', 2, ['GZA', 'U2']],
    ['宇多田/椎名', 0, ['宇多田', '椎名']],
    ['N/A', 0, ['N/A']],
    ['Alone', 0, ['Alone']],
  ])('%s with %i MusicBrainz ids is %j', (text, ids, names) => {
    expect(joinSlashed(text.split('/'), ids)).toEqual(names);
  });
});

describe('single values', () => {
  it.each([
    ['2005', '2005'],
    ['2005-3-4', '2005-03-04'],
    ['2005-03-14T00:00:00Z', '2005-03-14'],
    ['2005.03', '2005-03'],
    ['2005-00-00', '2005'],
    ['2005-13-01', '2005'],
    ['0000', null],
    ['unknown', null],
  ])('the date %s is %s', (written, read) => {
    expect(tidyDate(written)).toBe(read);
  });

  it('ids are ids or nothing', () => {
    expect(uuid(' 11111111-1111-4111-8111-11111111111A ')).toBe('11111111-1111-4111-8111-11111111111a');
    expect(uuid('unknown')).toBeNull();
  });

  it('text loses its padding and control characters, and nothing else', () => {
    expect(tidy(' A\u0000\u0000 ')).toBe('A');
    expect(tidy('line\nline')).toBe('line\nline');
    expect(tidy('\u0000 ')).toBeNull();
  });

  it('timed lines carry minutes beyond an hour', () => {
    expect(lrcText([{ timestamp: 3_725_004, text: 'late ' }, { text: 'no time' }])).toBe('[62:05.004]late');
  });
});
