import { SaxesParser } from 'saxes';
import { DomainError } from '../common/errors.js';
import {
  milliseconds,
  pathOf,
  pathOfUri,
  recordingAddress,
  recordingOf,
  refusal,
  requireFew,
  tidied,
  uriOf,
  type ListedPlaylist,
  type ListedTrack,
} from './playlist-file.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const element = (name: string, text: string | null): string =>
  text === null ? '' : `<${name}>${text.replace(/[&<>"']/g, (each) => ENTITIES[each] ?? each)}</${name}>`;

const trackElement = ({ path, title, artist, album, durationMs, recordingId }: ListedTrack): string =>
  [
    '    <track>',
    element('location', path === null ? null : uriOf(path)),
    element('identifier', recordingId === null ? null : recordingAddress(recordingId)),
    element('title', tidied(title)),
    element('creator', tidied(artist)),
    element('album', tidied(album)),
    element('duration', durationMs === null ? null : String(Math.round(durationMs))),
    '</track>',
  ].join('');

/** Pure. */
export const writeXspf = ({ title, tracks }: ListedPlaylist): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<playlist version="1" xmlns="http://xspf.org/ns/0/">',
    `  ${element('title', tidied(title))}`,
    '  <trackList>',
    ...tracks.map(trackElement),
    '  </trackList>',
    '</playlist>',
    '',
  ].join('\n');

const DEEPEST = 32;
const OF_TRACKS = 'playlist/trackList/track';

/** Of what a track may say several times, all; the first that is good counts. */
class XspfReader {
  readonly tracks: ListedTrack[] = [];
  title: string | null = null;
  isPlaylist = false;
  private readonly open: string[] = [];
  private said = new Map<string, string[]>();
  private text = '';

  begin(name: string): void {
    if (this.open.length >= DEEPEST) throw refusal('is nested too deeply');
    this.open.push(name.slice(name.indexOf(':') + 1));
    this.text = '';
    const at = this.open.join('/');
    if (at === 'playlist') this.isPlaylist = true;
    if (at !== OF_TRACKS) return;
    requireFew(this.tracks.length + 1);
    this.said = new Map();
  }

  add(text: string): void {
    this.text += text;
  }

  end(): void {
    const at = this.open.join('/');
    const name = this.open.pop() ?? '';
    if (at === 'playlist/title') this.title ??= tidied(this.text);
    else if (at === OF_TRACKS) this.tracks.push(this.track());
    else if (at === `${OF_TRACKS}/${name}`)
      this.said.set(name, [...(this.said.get(name) ?? []).slice(-9), this.text]);
    this.text = '';
  }

  private track(): ListedTrack {
    const first = <Value>(name: string, read: (text: string) => Value | null): Value | null => {
      for (const text of this.said.get(name) ?? []) {
        const value = read(text.trim());
        if (value !== null) return value;
      }
      return null;
    };
    return {
      path: first('location', (uri) => pathOf(pathOfUri(uri))),
      title: first('title', tidied),
      artist: first('creator', tidied),
      album: first('album', tidied),
      durationMs: first('duration', (text) => milliseconds(Number(text))),
      recordingId: first('identifier', recordingOf),
    };
  }
}

/** Pure: XML without a DOCTYPE, and so without entities of its own. @throws DomainError INVALID_BODY */
export const readXspf = (content: string): ListedPlaylist => {
  const reader = new XspfReader();
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw refusal('must not hold a DOCTYPE');
  });
  parser.on('opentag', ({ name }) => reader.begin(name));
  parser.on('closetag', () => reader.end());
  parser.on('text', (text) => reader.add(text));
  parser.on('cdata', (text) => reader.add(text));
  try {
    parser.write(content.trimStart()).close();
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw refusal('is not well-formed XML', { cause: error });
  }
  if (!reader.isPlaylist) throw refusal('is not XSPF: there is no playlist in it');
  return { title: reader.title, tracks: reader.tracks };
};
