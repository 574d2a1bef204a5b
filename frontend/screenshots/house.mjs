import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../backend/dist/main.js');
export const LISTENER = { username: 'mio', password: 'correct horse' };

/** The real server on a free port. @returns its address, and what ends it */
export const startHouse = async (music, data) => {
  const env = {
    ...process.env,
    KANADE_ADMIN_USER: LISTENER.username,
    KANADE_ADMIN_PASSWORD: LISTENER.password,
  };
  const server = spawn(
    process.execPath,
    [MAIN, '--music', music, '--data', data, '--port', '0', '--ladder', 'lazy'],
    {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = await new Promise((resolve, reject) => {
    let said = '';
    server.stdout.on('data', (chunk) => {
      said += chunk;
      const ready = /ready at (http:\S+)/.exec(said)?.[1];
      if (ready) resolve(ready);
    });
    server.once('exit', () => reject(new Error(`the server ended:\n${said}`)));
  });
  const stop = async () => {
    server.kill('SIGTERM');
    await once(server, 'exit');
  };
  return { url, stop };
};

/** @returns a call of the API in the listener's session, and the session's cookie */
export const signIn = async (url) => {
  let cookie = '';
  const call = async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: { cookie, origin: url, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  await call('POST', '/api/session', LISTENER);
  return { call, cookie };
};

/** Until every track has been listened to: the pictures show waves and lengths. */
export const untilHeard = async (call, count) => {
  for (;;) {
    const { files, work } = await call('GET', '/api/library/status');
    if (files.ready >= count && files.pending === 0 && work.analysing === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
};

const HOUR = 3_600_000;

/** A house that has been lived in for a year. @returns where its pages stand, by name */
export const furnish = async (call) => {
  const { items: tracks } = await call('GET', '/api/tracks?limit=200');
  const { items: albums } = await call('GET', '/api/albums?sort=title');
  const { items: genres } = await call('GET', '/api/genres');
  const play = (track, hoursAgo) => ({
    id: randomUUID(),
    trackId: track.id,
    startedAt: new Date(Date.now() - hoursAgo * HOUR).toISOString(),
    playedMs: track.durationMs,
    context: { source: 'album', sourceId: track.album.id },
  });
  const plays = tracks.flatMap((track, at) => [
    ...Array.from({ length: (at * 7) % 9 }, (_, n) => play(track, 2 + at * 5 + n * (31 + at * 3))),
    ...(at % 6 === 0 ? Array.from({ length: 6 }, (_, n) => play(track, 24 * (120 + n * 11) + at)) : []),
  ]);
  for (let at = 0; at < plays.length; at += 100) await call('POST', '/api/plays', plays.slice(at, at + 100));
  for (const [at, track] of tracks.entries())
    if (at % 4 === 0) await call('PUT', `/api/me/opinions/track/${track.id}`, { liked: true });
  for (const album of albums.slice(0, 3))
    await call('PUT', `/api/me/opinions/album/${album.id}`, { liked: true });
  const list = await call('POST', '/api/playlists', {
    title: '夜のドライブ',
    description: 'For the road along the harbour, after ten.',
    trackIds: tracks.filter((_, at) => at % 3 === 0).map(({ id }) => id),
  });
  const album = albums.find(({ title }) => title === '潮騒メトロ');
  const share = await call('POST', '/api/shares', { kind: 'album', id: album.id });
  for (const person of ['haru', 'noor', '栞'])
    await call('POST', '/api/users', { username: person, password: 'correct horse', role: 'listener' });
  await call('POST', '/api/me/keys', { name: 'Phone', scopes: ['read'] });
  const { discs } = await call('GET', `/api/albums/${album.id}`);
  const { revision } = await call('GET', '/api/me/queue');
  await call('PUT', '/api/me/queue', {
    revision,
    trackIds: discs.flatMap((disc) => disc.tracks.map(({ id }) => id)),
    index: 1,
    positionMs: 71_000,
    source: { kind: 'album', id: album.id, name: album.title },
    device: 'Kanade',
  });
  return {
    pages: {
      home: '/',
      search: '/search',
      'search-results': '/search?q=ha',
      'library-albums': '/library?view=albums',
      'library-tracks': '/library?view=tracks',
      'library-artists': '/library?view=artists',
      saved: '/library?view=liked',
      history: '/library?view=history',
      statistics: '/library?view=statistics',
      genre: `/genres/${genres[0].id}`,
      album: `/albums/${album.id}`,
      artist: `/artists/${album.artists[0].id}`,
      playlist: `/playlists/${list.id}`,
      settings: '/settings',
      sound: '/settings/sound',
      appearance: '/settings/appearance',
      account: '/settings/account',
      people: '/settings/people',
      'nothing-here': '/albums/00000000-0000-7000-8000-000000000000',
    },
    outside: { share: `/share#${share.token}`, 'sign-in': '/signin' },
  };
};
