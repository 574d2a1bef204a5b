import { describe, expect, it } from '@jest/globals';
import { NO_TAGS } from '../media/track-tags.js';
import { isAudioName, isSidecarName, lyricsNames } from './file-names.js';
import { Settling, SETTLE_MS, compareFolder, type KnownFile } from './folder-changes.js';
import { intentFor, withPathGuess, withSidecarLyrics } from './intake-rules.js';
import { toEvent } from './library-progress.js';
import { holdFor } from './loss-rules.js';
import { Moves } from './moves.js';
import { fingerprintOf, type FolderListing, type SeenFile } from './walk.js';

const seen = (name: string, sizeBytes = 10, mtimeNs = '1000', inode = '5'): SeenFile => ({
  name,
  sizeBytes,
  mtimeNs,
  inode,
});
const row = (path: string, more: Partial<KnownFile> = {}): KnownFile => ({
  id: path,
  folderId: 'f',
  path,
  sizeBytes: 10,
  mtimeNs: '1000',
  inode: '5',
  state: 'ready',
  tagsVersion: 1,
  isCut: false,
  hasFacts: true,
  ...more,
});
const listing = (files: readonly SeenFile[], sidecars: readonly SeenFile[] = []): FolderListing => ({
  path: 'x',
  files,
  sidecars,
  subfolders: [],
});

describe('the files of a folder', () => {
  it.each(['a.mp3', 'A.FLAC', 'b.c.opus', '\xff\xfe.wav', 'x.dsf', 'x.wma'])('%j is audio', (name) =>
    expect(isAudioName(name)).toBe(true),
  );
  it.each(['a', 'mp3', '.mp3', '.a.mp3', 'a.m3u', 'a.jpg', 'a.mp3.part', 'a.mp4', 'a.mkv', 'a.txt'])(
    '%j is none',
    (name) => expect(isAudioName(name)).toBe(false),
  );
  it.each(['cover.jpg', 'Folder.PNG', 'a.lrc', 'a.txt'])('%j is shown with the tracks', (name) =>
    expect(isSidecarName(name)).toBe(true),
  );
  it.each(['a.jpg', 'x.nfo', '.cover.jpg'])('%j is not', (name) => expect(isSidecarName(name)).toBe(false));

  it('finds the words of a track beside it, those with times first', () => {
    expect(lyricsNames('a.mp3', new Set(['a.txt', 'a.ttml', 'a.lrc']))).toEqual(['a.lrc', 'a.ttml', 'a.txt']);
    expect(lyricsNames('a.mp3', new Set(['a.mp3.lrc']))).toEqual(['a.mp3.lrc']);
    expect(lyricsNames('a.mp3', new Set(['a.TXT']))).toEqual(['a.TXT']);
    expect(lyricsNames('a.mp3', new Set(['b.lrc']))).toEqual([]);
  });

  it('has another fingerprint when a file changes, comes, goes or is read in a new way', () => {
    const base = fingerprintOf(listing([seen('a.mp3'), seen('b.mp3')]), 1);
    expect(fingerprintOf(listing([seen('b.mp3'), seen('a.mp3')]), 1)).toBe(base);
    for (const other of [
      [seen('a.mp3')],
      [seen('a.mp3'), seen('b.mp3', 11)],
      [seen('a.mp3'), seen('b.mp3', 10, '1001')],
      [seen('a.mp3'), seen('b.mp3', 10, '1000', '6')],
    ])
      expect(fingerprintOf(listing(other), 1)).not.toBe(base);
    expect(fingerprintOf(listing([seen('a.mp3'), seen('b.mp3')]), 2)).not.toBe(base);
    expect(fingerprintOf(listing([seen('a.mp3'), seen('b.mp3')], [seen('a.lrc')]), 1)).not.toBe(base);
  });

  it('tells new, changed, returned and gone files apart', () => {
    const changes = compareFolder(
      listing([seen('new.mp3'), seen('same.mp3'), seen('longer.mp3', 11), seen('back.mp3'), seen('old.mp3')]),
      [
        row('x/same.mp3'),
        row('x/longer.mp3'),
        row('x/back.mp3', { state: 'missing' }),
        row('x/gone.mp3'),
        row('x/lost.mp3', { state: 'missing' }),
        row('x/old.mp3', { tagsVersion: 0 }),
      ],
      1,
    );
    expect(changes.added.map(({ name }) => name)).toEqual(['new.mp3']);
    expect(changes.changed.map(({ file }) => file.name)).toEqual(['longer.mp3', 'old.mp3']);
    expect(changes.returned.map(({ path }) => path)).toEqual(['x/back.mp3']);
    expect(changes.gone.map(({ path }) => path)).toEqual(['x/gone.mp3']);
  });

  it('gives each renamed file its row once', () => {
    const moves = new Moves([row('a'), row('b', { inode: '6' }), row('twin')], new Set(['5 10 1000']));
    expect(moves.lost.map(({ path }) => path)).toEqual(['b', 'twin']);
    expect([moves.claim('5 10 1000')?.path, moves.claim('5 10 1000')]).toEqual(['a', null]);
    expect(moves.unclaimed()).toEqual([]);
  });
});

describe('a file that is still being written', () => {
  const now = 1_800_000_000_000;
  const writtenAgo = (ms: number, size = 10): SeenFile => seen('a.mp3', size, `${now - ms}000000`);

  it('is taken when its time is long enough past', () => {
    expect(new Settling().hasSettled('a', writtenAgo(SETTLE_MS), now)).toBe(true);
    expect(new Settling().hasSettled('a', writtenAgo(SETTLE_MS - 1), now)).toBe(false);
  });

  it('is taken when it stays as it was, even if its clock is ahead of ours', () => {
    const settling = new Settling();
    const ahead = writtenAgo(-3_600_000);
    expect(settling.hasSettled('a', ahead, now)).toBe(false);
    expect(settling.hasSettled('a', ahead, now + SETTLE_MS - 1)).toBe(false);
    expect(settling.hasSettled('a', { ...ahead, sizeBytes: 11 }, now + SETTLE_MS)).toBe(false);
    expect(settling.hasSettled('a', { ...ahead, sizeBytes: 11 }, now + 2 * SETTLE_MS)).toBe(true);
  });
});

describe('a loss', () => {
  it.each([
    [{ known: 10, gone: 10, root: 'absent', onOtherDevice: false }, 'ROOT_ABSENT'],
    [{ known: 10, gone: 10, root: 'empty', onOtherDevice: false }, 'ROOT_EMPTY'],
    [{ known: 10, gone: 1, root: 'present', onOtherDevice: true }, 'ROOT_REPLACED'],
    [{ known: 10, gone: 6, root: 'present', onOtherDevice: false }, 'MANY_FILES_GONE'],
    [{ known: 10, gone: 5, root: 'present', onOtherDevice: false }, null],
    [{ known: 10, gone: 0, root: 'present', onOtherDevice: true }, null],
    [{ known: 0, gone: 0, root: 'absent', onOtherDevice: false }, null],
  ] as const)('%j is held as %s', (loss, code) => expect(holdFor(loss)?.code ?? null).toBe(code));
});

describe('the state of a file whose tags were read', () => {
  it.each([
    ['is new', null, false, { state: 'pending', analyse: true }],
    ['was retagged', row('a'), false, { state: 'ready', analyse: true }],
    ['was renamed', row('a'), true, { state: 'ready', analyse: false }],
    [
      'came back under another name',
      row('a', { state: 'missing' }),
      true,
      { state: 'ready', analyse: false },
    ],
    [
      'came back with other bytes',
      row('a', { state: 'missing' }),
      false,
      { state: 'pending', analyse: true },
    ],
    [
      'was rejected and changed',
      row('a', { state: 'rejected', hasFacts: false }),
      false,
      { state: 'pending', analyse: true },
    ],
    [
      'was never measured',
      row('a', { state: 'pending', hasFacts: false }),
      true,
      { state: 'pending', analyse: true },
    ],
  ] as const)('when it %s', (_, known, sameBytes, intent) =>
    expect(intentFor(known, sameBytes)).toEqual(intent),
  );
});

describe('what stands in for tags', () => {
  const guess = { title: 'Song', artist: 'Bob', album: 'Tape', trackNumber: 3, discNumber: 1 };

  it('takes names of files and folders only where no tag speaks', () => {
    expect(withPathGuess(NO_TAGS, guess)).toMatchObject({
      title: 'Song',
      artists: ['Bob'],
      album: 'Tape',
      trackNumber: 3,
    });
    expect(withPathGuess({ ...NO_TAGS, title: 'A', albumArtists: ['Ann'] }, guess)).toMatchObject({
      title: 'A',
      artists: [],
      album: 'Tape',
    });
  });

  it('takes the texts beside a track before those in it', () => {
    const own = { ...NO_TAGS, lyrics: [{ language: null, text: 'own' }] };
    expect(withSidecarLyrics(own, ['[00:01.5]la\r\n', ' ']).lyrics).toEqual([
      { language: null, text: '[00:01.5]la\n', isBeside: true },
      { language: null, text: 'own' },
    ]);
    expect(withSidecarLyrics(NO_TAGS, []).lyrics).toEqual([]);
  });
});

describe('a progress event', () => {
  it('fits into a notification whatever was rejected', () => {
    const rejections = Array.from({ length: 1000 }, () => ({
      path: '漢'.repeat(300),
      code: 'NOT_AUDIO',
      reason: 'x'.repeat(200),
    }));
    const event = toEvent({
      scanning: true,
      files: { found: 1, ready: 0, pending: 0, rejected: 1, missing: 0 },
      rejections,
      unreadable: [],
      warnings: [],
      libraries: [],
      work: { analysing: 0, encoding: 0 },
    });
    expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(7500);
    expect(event.rejections.length).toBeGreaterThan(0);
  });
});
