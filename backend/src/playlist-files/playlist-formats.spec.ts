import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../common/errors.js';
import { FORMATS, PLAYLIST_FORMATS, type PlaylistFormat } from './playlist-formats.js';
import { tidied, type ListedPlaylist, type ListedTrack } from './playlist-file.js';

const TRICKY = [
  '\n',
  '\r\n',
  '#EXTINF:1,x',
  ' - ',
  '&lt;',
  ']]>',
  '%20',
  '<',
  '"',
  '\\',
  ',',
  './',
  '\ufffe',
  'C:',
  '夜',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...TRICKY), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 4 })
  .map((parts) => parts.join(''));
const name = fc.option(text);
const track: fc.Arbitrary<ListedTrack> = fc.record({
  path: text.map((path) => `${path.replaceAll('\0', '')}a`),
  title: name,
  artist: name,
  album: name,
  durationMs: fc.option(fc.integer({ min: 1, max: 10_000 }).map((seconds) => seconds * 1000)),
  recordingId: fc.option(fc.uuid()),
});
const playlist: fc.Arbitrary<ListedPlaylist> = fc.record({
  title: name,
  tracks: fc.array(track, { maxLength: 5 }),
});

/** What a file can hold of it: names of one line, and in M3U8 no path of several. */
const kept = ({ title, tracks }: ListedPlaylist, format: PlaylistFormat): ListedPlaylist => ({
  title: tidied(title),
  tracks: tracks.map((each) => {
    const path = each.path?.toWellFormed() ?? null;
    return {
      ...each,
      path: format === 'm3u8' ? (path?.replace(/[\p{Cc}\u2028\u2029]/gu, '?') ?? null) : path,
      title: tidied(each.title),
      artist: tidied(each.artist),
      album: tidied(each.album),
    };
  }),
});

const flawOf = (format: PlaylistFormat, content: string): unknown => {
  try {
    FORMATS[format].read(content);
    return null;
  } catch (error) {
    return error;
  }
};

describe.each(PLAYLIST_FORMATS)('a playlist as %s', (format) => {
  it('is read as it was written, whatever its names hold', () => {
    fc.assert(
      fc.property(playlist, (list) => {
        expect(FORMATS[format].read(FORMATS[format].write(list))).toEqual(kept(list, format));
      }),
    );
  });

  it('is read or refused with its field, whatever it holds', () => {
    const parts = fc.constantFrom(
      ...TRICKY,
      ...[
        '<playlist>',
        '<trackList>',
        '<track>',
        '<location>',
        '</track>',
        '</trackList>',
        '</playlist>',
        '<!--',
      ],
      ...[
        '{"playlist":{',
        '"track":[',
        '{"title":',
        '1e999',
        '{"toString":1,"valueOf":1}',
        'null',
        ']',
        '}',
        '"a"',
      ],
      ...[
        '#EXTINF:',
        '#PLAYLIST:',
        '#EXTM3U',
        '\0',
        '\ud800',
        '<![CDATA[',
        '&#0;',
        '&x;',
        '<?xml version="1.0"?>',
      ],
    );
    const hostile = fc.array(fc.oneof(parts, fc.string({ unit: 'binary' }))).map((each) => each.join(''));
    fc.assert(
      fc.property(hostile, (content) => {
        const flaw = flawOf(format, content);
        if (flaw !== null) expect(flaw).toMatchObject({ code: 'INVALID_BODY', field: 'content' });
      }),
    );
  });

  it('is refused with more entries than a list takes at once', () => {
    const one: ListedTrack = {
      path: 'a',
      title: null,
      artist: null,
      album: null,
      durationMs: null,
      recordingId: null,
    };
    const content = FORMATS[format].write({ title: null, tracks: Array.from({ length: 10_001 }, () => one) });
    expect(flawOf(format, content)).toBeInstanceOf(DomainError);
    expect(flawOf(format, content)).toMatchObject({ message: 'content: holds more than 10000 entries' });
  });
});

describe('a playlist of another player', () => {
  it('is M3U8 with artist and title in one, its length, and attributes between', () => {
    const content =
      '\ufeff#EXTM3U\r\n#PLAYLIST: Roads \r\n#EXTINF:123 logo="x",Ann - Far - Live\r\nC:\\Music\\a.mp3\r\n\r\nb.mp3';
    const read = FORMATS.m3u8.read(content);
    expect(read.title).toBe('Roads');
    expect(read.tracks).toMatchObject([
      { path: 'C:\\Music\\a.mp3', artist: 'Ann', title: 'Far - Live', durationMs: 123_000 },
      { path: 'b.mp3', artist: null, title: null, durationMs: null },
    ]);
    expect(FORMATS.m3u8.read('#EXTINF:-1,Far\na.mp3').tracks).toMatchObject([
      { title: 'Far', durationMs: null },
    ]);
  });

  it('is XSPF with a namespace, several addresses and extensions', () => {
    const id = '5b11f4ce-a62d-471e-81fc-a69a8278c7da';
    const { tracks } = FORMATS.xspf.read(`<x:playlist xmlns:x="http://xspf.org/ns/0/"><x:trackList><x:track>
      <x:location>file:///C:/Music/a%20b.mp3</x:location><x:identifier>urn:isrc:1</x:identifier>
      <x:identifier>https://musicbrainz.org/recording/${id.toUpperCase()}</x:identifier>
      <x:title><![CDATA[A]]> &amp; B</x:title><x:extension><x:title>no</x:title></x:extension>
      </x:track></x:trackList></x:playlist>`);
    expect(tracks).toMatchObject([{ path: '/C:/Music/a b.mp3', recordingId: id, title: 'A & B' }]);
  });

  it.each([
    ['<!DOCTYPE playlist [<!ENTITY a "b">]><playlist>&a;</playlist>', 'content: must not hold a DOCTYPE'],
    [`${'<a>'.repeat(100_000)}`, 'content: is nested too deeply'],
    ['<html/>', 'content: is not XSPF: there is no playlist in it'],
    ['<playlist>', 'content: is not well-formed XML'],
  ])('is no XSPF as %.40s', (content, message) => {
    expect(flawOf('xspf', content)).toMatchObject({ code: 'INVALID_BODY', field: 'content', message });
  });

  it.each([['['.repeat(500_000)], ['{"playlist":{"track":{}}}'], ['{"playlist":[]}'], ['null'], ['x']])(
    'is no JSPF as %.40s',
    (content) => {
      expect(flawOf('jspf', content)).toMatchObject({ code: 'INVALID_BODY', field: 'content' });
    },
  );

  it('is read in a moment, were it one line of digits', () => {
    const { tracks } = FORMATS.m3u8.read(`#EXTINF:${'1'.repeat(1_000_000)}\na`);
    expect(tracks).toMatchObject([{ path: 'a', durationMs: null }]);
  });
});
