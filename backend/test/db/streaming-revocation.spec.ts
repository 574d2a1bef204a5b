import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { newId } from '../../src/common/id.js';
import { Database } from '../../src/database/database.js';
import { findFfmpeg } from '../../src/media/find-ffmpeg.js';
import { GrantService } from '../../src/streaming/grant.service.js';
import { AlbumGains } from '../../src/streaming/album-gains.js';
import { GrantedTracks } from '../../src/streaming/granted-tracks.js';
import { ManifestService } from '../../src/streaming/manifest.service.js';
import { revokedFile } from '../../src/streaming/revoked-holders.js';
import { signingKey } from '../../src/streaming/signing.js';
import { NextTracks } from '../../src/transcode/next-tracks.js';
import { SegmentFinder } from '../../src/transcode/segment-finder.js';
import { SourceRepository } from '../../src/transcode/source.repository.js';
import { Session } from '../../src/users/session.entity.js';
import { User } from '../../src/users/user.entity.js';
import { CuttableLine } from '../support/cuttable-line.js';
import { TestEncoders } from '../support/encoders.js';
import { addMeasuredTrack } from '../support/measured-track.js';
import { TestMediaServer } from '../support/media-server.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { ToneFolder } from '../support/tones.js';
import { device, makeUsers, type TestUsers } from '../support/users.js';

const KEY = signingKey(Buffer.alloc(32, 2));

describe('who may no longer listen', () => {
  let database: TestDatabase;
  let tones: ToneFolder;
  let encoders: TestEncoders;
  let media: TestMediaServer;
  let users: TestUsers;
  let trackId: string;

  beforeAll(async () => {
    const tools = await findFfmpeg();
    database = await testDatabase();
    tones = await ToneFolder.create();
    encoders = new TestEncoders(database.db, tools);
    media = await TestMediaServer.start(database, encoders, KEY);
    users = makeUsers(database.db, media.revocations);
    trackId = (await addMeasuredTrack(database.db, tools, await tones.wav('a.wav', { seconds: 1 }))).trackId;
  });
  afterAll(async () => {
    await media.close();
    await encoders.close();
    await tones.remove();
    await database.close();
  });

  const addUser = async (): Promise<string> => {
    const id = newId();
    await database.db.query(`INSERT INTO users (id, username, role) VALUES ($1, $2, 'listener')`, [id, id]);
    return id;
  };
  const signIn = async (userId: string): Promise<{ readonly token: string; readonly url: string }> => {
    const token = await users.sessions.open(userId, device());
    const holder = (await users.credentials.find('session', token))?.holder ?? '';
    return { token, url: (await media.grants.track(trackId, holder, null)).dash };
  };
  const status = async (url: string): Promise<number> => (await media.get(url)).status;
  const refused = async (url: string): Promise<void> => {
    for (const end = Date.now() + 60_000; (await status(url)) !== 403 && Date.now() < end;) await pause(50);
    expect(await status(url)).toBe(403);
  };

  it('loses the addresses of a session that was signed out, and those of no other', async () => {
    const user = await addUser();
    const phone = await signIn(user);
    const desk = await signIn(user);
    expect([await status(phone.url), await status(desk.url)]).toEqual([200, 200]);
    await users.sessions.close(phone.token);
    await refused(phone.url);
    expect(await status(desk.url)).toBe(200);
    // The list in memory is there a moment before the file.
    const line = new RegExp(`^${user}_[0-9a-f]{16} \\d{10}$`, 'm');
    while (!line.test(await readFile(revokedFile(encoders.folder), 'utf8'))) await pause(20);
  });

  it('loses them all when the account is disabled, though nobody was told', async () => {
    const user = await addUser();
    const before = await signIn(user);
    await database.db.query('UPDATE users SET disabled_at = now() WHERE id = $1', [user]);
    await refused(before.url);
  });

  it('is heard again with an address that was signed later', async () => {
    const user = await addUser();
    const { token, url } = await signIn(user);
    await media.revocations.revoke(user);
    await refused(url);
    const holder = (await users.credentials.find('session', token))?.holder ?? '';
    const later = async (): Promise<number> => status((await media.grants.track(trackId, holder, null)).dash);
    for (const end = Date.now() + 10_000; (await later()) !== 200 && Date.now() < end;) await pause(100);
    expect([await later(), await status(url)]).toEqual([200, 403]);
  });

  it('plays on while the database is away: who is known gets new addresses, nobody else', async () => {
    const line = await CuttableLine.to(new URL(database.url));
    const source = await new DataSource({
      type: 'postgres',
      url: line.url,
      poolSize: 2,
      entities: [User, Session],
      poolErrorHandler: () => undefined,
    }).initialize();
    try {
      const db = new Database(source);
      const sources = new SourceRepository(db);
      const { renditions, notifier } = encoders;
      const finder = new SegmentFinder(renditions, sources, notifier);
      const granted = new GrantedTracks(sources, renditions, finder, new AlbumGains(db));
      const manifests = new ManifestService(granted, KEY);
      const grants = new GrantService(
        granted,
        manifests,
        media.jobs,
        new NextTracks(renditions, media.jobs),
        KEY,
      );
      const other = makeUsers(db, media.revocations).credentials;
      const user = await addUser();
      const [known, stranger] = [
        await users.sessions.open(user, device()),
        await users.sessions.open(user, device()),
      ];
      const before = await grants.track(trackId, (await other.find('session', known))?.holder ?? '', null);
      await line.cut();
      const renewed = await grants.track(trackId, (await other.find('session', known))?.holder ?? '', null);
      expect({ ...renewed, expiresAt: '' }).toMatchObject({
        durationMs: before.durationMs,
        gainDb: before.gainDb,
      });
      expect(await status(renewed.dash)).toBe(200);
      await expect(other.find('session', stranger)).rejects.toThrow();
      await expect(grants.track(newId(), 'a-listener', null)).rejects.toThrow();
    } finally {
      await source.destroy();
      await line.cut();
    }
  });
});
