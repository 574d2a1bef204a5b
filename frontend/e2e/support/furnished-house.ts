import type { Page } from 'playwright-core';
import type { Page as ListPage } from '../../../backend/src/common/page.js';
import type { MadeShareDto } from '../../../backend/src/shares/shares.dto.js';
import type { MusicServer } from '../../../backend/test/support/music-server.js';

interface Track {
  readonly id: string;
  readonly title: string;
  readonly durationMs: number;
  readonly album: { readonly id: string };
}

/** Where each page of a lived-in house stands, by its name. */
export type Addresses = Readonly<Record<string, string>>;

/** Plays, likes, a list, an invitation, a key and a share: no page of this house stands empty. */
export const furnish = async ({ client }: MusicServer): Promise<Addresses> => {
  const { items: tracks } = await client.get<ListPage<Track>>('/api/tracks');
  const { items: albums } = await client.get<ListPage<{ id: string }>>('/api/albums');
  const { items: genres } = await client.get<ListPage<{ id: string }>>('/api/genres');
  const { items: artists } = await client.get<ListPage<{ id: string }>>('/api/artists');
  const events = tracks.map(({ id, durationMs, album }, at) => ({
    id: crypto.randomUUID(),
    trackId: id,
    startedAt: new Date(Date.now() - (at + 1) * 3_600_000).toISOString(),
    playedMs: durationMs,
    context: { source: 'album', sourceId: album.id },
  }));
  await client.json('POST', '/api/plays', events);
  for (const [kind, [first]] of Object.entries({ track: tracks, album: albums, artist: artists }))
    await client.json('PUT', `/api/me/opinions/${kind}/${first?.id ?? ''}`, { liked: true });
  const list = await client.json<{ id: string }>('POST', '/api/playlists', {
    title: 'Quiet harbour',
    description: 'For when the boats are in.',
    trackIds: tracks.map(({ id }) => id),
  });
  const share = await client.json<MadeShareDto>('POST', '/api/shares', { kind: 'album', id: albums[0]?.id });
  const invitation = await client.json<{ token: string }>('POST', '/api/invitations', { role: 'listener' });
  await client.json('POST', '/api/me/keys', { name: 'Phone', scopes: ['read'] });
  return {
    home: '/',
    search: '/search',
    results: '/search?q=e',
    'no results': '/search?q=zzzz',
    albums: '/library?view=albums',
    tracks: '/library?view=tracks',
    artists: '/library?view=artists',
    liked: '/library?view=liked',
    history: '/library?view=history',
    statistics: '/library?view=statistics',
    'a year without music': '/library?view=statistics&year=2001',
    'an empty shelf': '/library?view=albums&from=1900&to=1909&type=live',
    genre: `/genres/${genres[0]?.id ?? ''}`,
    album: `/albums/${albums[0]?.id ?? ''}`,
    artist: `/artists/${artists[0]?.id ?? ''}`,
    playlist: `/playlists/${list.id}`,
    downloads: '/downloads',
    settings: '/settings',
    'sound settings': '/settings/sound',
    appearance: '/settings/appearance',
    account: '/settings/account',
    people: '/settings/people',
    received: '/shared',
    'nothing here': '/albums/00000000-0000-7000-8000-000000000000',
    share: `/share#${share.token ?? ''}`,
    'half a link': '/share',
    join: `/join#${invitation.token}`,
  };
};

/** Nothing is awaited any more: no words, no answer, no picture of what is to come. */
export const stands = async (page: Page): Promise<void> => {
  await page.waitForFunction(
    () =>
      !document.querySelector('html[data-words], [aria-busy="true"], .bone') &&
      document.querySelector('h1, h2'),
  );
};
