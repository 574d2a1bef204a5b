import type { AlbumSummary, ArtistSummary, TrackSummary } from '../../src/catalog/catalog.dto.js';
import { newId } from '../../src/common/id.js';
import type { Page } from '../../src/common/page.js';
import type { ManagedLibraries } from '../../src/libraries/libraries.dto.js';
import type { EntryPage, Playlist } from '../../src/playlists/playlists.dto.js';
import { Client, eventually } from './client.js';
import { MUSIC, settleFiles, writeTrack } from './music-folder.js';
import { isSettled, libraryStatus } from './music-server.js';
import { startServer, type RunningServer } from './server.js';
import { ToneFolder } from './tones.js';

export const PASSWORD = 'correct horse';

/** Mia owns what there is, and is named for the library that it is about; Leo is a listener like her. */
export interface Household {
  readonly server: RunningServer;
  readonly dataDir: string;
  readonly admin: Client;
  readonly mia: Client;
  readonly leo: Client;
  /** In a library that is open to Mia and to administrators alone. */
  readonly attic: {
    readonly track: TrackSummary;
    readonly album: AlbumSummary;
    readonly artist: ArtistSummary;
  };
  remove(): Promise<void>;
}

/** Something that is somebody's: its id, made anew for each route, since a route may end it. */
export interface Thing {
  readonly make: (house: Household) => string | Promise<string>;
  /** Whether administrators see it, too: what lies in a library they do, what a person keeps they do not. */
  readonly admin: 'sees' | 'is a stranger';
}

/** The one entry of each playlist that was made. */
const entries = new Map<string, string>();
export const entryOf = (playlistId: string): string => entries.get(playlistId) ?? newId();

const heardBy = async ({ mia, attic }: Household): Promise<string> => {
  const id = newId();
  const play = { id, trackId: attic.track.id, startedAt: new Date().toISOString(), playedMs: 1000 };
  await mia.json('POST', '/api/plays', [play]);
  return id;
};

/** A kind of thing a line. `ROUTES` names them; a new kind is added here. */
export const THINGS = {
  track: { make: ({ attic }: Household) => attic.track.id, admin: 'sees' },
  album: { make: ({ attic }: Household) => attic.album.id, admin: 'sees' },
  artist: { make: ({ attic }: Household) => attic.artist.id, admin: 'sees' },
  artwork: { make: ({ attic }: Household) => attic.album.artwork?.id ?? '', admin: 'sees' },
  device: {
    make: async ({ mia, server }) => {
      const other = new Client(server.url);
      await other.signIn('mia', PASSWORD);
      const { items } = await mia.get<{ items: { id: string; current: boolean }[] }>('/api/me/devices');
      return items.find(({ current }) => !current)?.id ?? '';
    },
    admin: 'is a stranger',
  },
  key: {
    make: async ({ mia }) =>
      (await mia.json<{ id: string }>('POST', '/api/me/keys', { name: 'a key', scopes: ['read'] })).id,
    admin: 'is a stranger',
  },
  share: {
    make: async ({ mia, attic }) =>
      (await mia.json<{ id: string }>('POST', '/api/shares', { kind: 'track', id: attic.track.id })).id,
    admin: 'is a stranger',
  },
  // What the administrator shares with Mia by name.
  receivedShare: {
    make: async ({ admin, attic }) => {
      const body = { kind: 'track', id: attic.track.id, people: ['mia'] };
      return (await admin.json<{ id: string }>('POST', '/api/shares', body)).id;
    },
    admin: 'is a stranger',
  },
  playlist: {
    make: async ({ mia, attic }) => {
      const body = { title: 'Of the attic', trackIds: [attic.track.id] };
      const { id } = await mia.json<Playlist>('POST', '/api/playlists', body);
      const { items } = await mia.get<EntryPage>(`/api/playlists/${id}/entries`);
      entries.set(id, items[0]?.id ?? '');
      return id;
    },
    admin: 'is a stranger',
  },
  tasteBlock: {
    make: async ({ mia, attic }) => {
      const body = { kind: 'track', id: attic.track.id };
      return (await mia.json<{ id: string }>('POST', '/api/me/taste/blocks', body)).id;
    },
    admin: 'is a stranger',
  },
  tasteExclusion: {
    make: async ({ mia }) => {
      const body = { from: '2026-01-01T20:00:00Z', to: '2026-01-01T23:00:00Z' };
      return (await mia.json<{ id: string }>('POST', '/api/me/taste/exclusions', body)).id;
    },
    admin: 'is a stranger',
  },
  play: { make: heardBy, admin: 'is a stranger' },
  // By its track: of the plays of it only one's own are there.
  heardTrack: {
    make: async (house) => {
      await heardBy(house);
      return house.attic.track.id;
    },
    admin: 'is a stranger',
  },
} as const satisfies Record<string, Thing>;
export type ThingName = keyof typeof THINGS;

const writeFolders = async (tones: ToneFolder): Promise<string[]> => {
  for (const [folder, title, cover] of [
    ['hall', 'Harbour', 'teal'],
    ['attic', 'Attic', 'maroon'],
  ] as const)
    await writeTrack(tones, {
      name: `${folder}/${title}.flac`,
      cover,
      tone: { seconds: 1, frequencyHz: 440, channels: 1 },
      args: Object.entries({
        title,
        artist: `${title} singer`,
        album: `${title} album`,
        genre: title,
      }).flatMap(([tag, value]) => ['-metadata', `${tag}=${value}`]),
    });
  await settleFiles(tones.path(MUSIC));
  return ['hall', 'attic'].map((folder) => tones.path(`${MUSIC}/${folder}`));
};

/** The real server with two folders, one of them closed to all but Mia. */
export const openHousehold = async (): Promise<Household> => {
  const tones = await ToneFolder.create();
  const server = await startServer({ music: await writeFolders(tones), data: tones.path('data') });
  const remove = async (): Promise<void> => {
    await server.stop();
    await tones.remove();
  };
  const admin = new Client(server.url);
  const person = async (username: string): Promise<Client> => {
    const body = { username, password: PASSWORD, role: 'listener' };
    const { id } = await admin.json<{ id: string }>('POST', '/api/users', body);
    await admin.json('PATCH', `/api/users/${id}`, { mayDownload: true });
    const client = admin.another();
    await client.signIn(username, PASSWORD);
    return client;
  };
  try {
    await admin.setUp('ada', PASSWORD);
    const [mia, leo] = [await person('mia'), await person('leo')];
    await eventually(
      () => libraryStatus(admin),
      (status) => isSettled(status) && status.files.ready === 2,
    );
    const { items } = await admin.get<ManagedLibraries>('/api/libraries');
    const attic = items.find(({ name }) => name === 'attic');
    const { id } = await mia.get<{ id: string }>('/api/me');
    await admin.json('PATCH', `/api/libraries/${attic?.id}`, { openTo: null, memberIds: [id] });
    const named = async <T extends { readonly title?: string; readonly name?: string }>(
      path: string,
    ): Promise<T> => {
      const { items: all } = await mia.get<Page<T>>(path);
      const found = all.find(({ title, name }) => (title ?? name ?? '').startsWith('Attic'));
      if (found === undefined) throw new Error(`nothing of the attic in ${path}`);
      return found;
    };
    const things = {
      track: await named<TrackSummary>('/api/tracks'),
      album: await named<AlbumSummary>('/api/albums'),
      artist: await named<ArtistSummary>('/api/artists'),
    };
    return { server, dataDir: tones.path('data'), admin, mia, leo, attic: things, remove };
  } catch (error) {
    await remove();
    throw error;
  }
};
