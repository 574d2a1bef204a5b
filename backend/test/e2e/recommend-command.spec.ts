import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Page } from '../../src/common/page.js';
import { MUSIC, settleFiles, writeTrack } from '../support/music-folder.js';
import { MusicServer } from '../support/music-server.js';
import { runProgram, type ProgramResult } from '../support/program.js';
import type { ToneFolder } from '../support/tones.js';

const writeMusic = async (tones: ToneFolder): Promise<string> => {
  for (const title of ['One', 'Two', 'Three'])
    await writeTrack(tones, {
      name: `${title}.flac`,
      tone: { seconds: 5 },
      args: ['-c:a', 'flac', '-metadata', `title=${title}`],
    });
  await settleFiles(tones.path(MUSIC));
  return tones.path(MUSIC);
};

describe('npm run recommend', () => {
  let music: MusicServer;
  const recommend = (...args: readonly string[]): Promise<ProgramResult> =>
    runProgram('recommend', [...args, '--data', music.dataDir]);
  const modelOf = ({ lines }: ProgramResult): string | undefined =>
    /serves, popularity, model (\S+)/.exec(lines[0] ?? '')?.[1];

  beforeAll(async () => {
    music = await MusicServer.start(writeMusic);
    await music.settled(({ files }) => files.ready === 3);
  });
  afterAll(() => music.remove());

  it('has nothing to learn from where nobody played anything, says so, and tells it by its code', async () => {
    const { code, lines } = await recommend('train');
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/ was refused, noPlays$/)]);
    expect((await recommend('status')).lines[0]).toBe('no model yet');
  });

  it('trains while Kanade runs and while it does not, and lets the model before serve again', async () => {
    const { items } = await music.client.get<Page<{ id: string }>>('/api/tracks');
    const plays = items.map(({ id: trackId }) => ({
      ...{ id: randomUUID(), trackId, playedMs: 5000 },
      startedAt: new Date(Date.now() - 60_000).toISOString(),
    }));
    await music.client.json('POST', '/api/plays', plays);
    const beside = await recommend();
    expect(beside.code).toBe(0);
    expect(beside.lines[1]).toMatch(/^1 listeners, 3 tracks, 3 likings; hold-out /);
    await music.stop();
    const alone = await recommend('train');
    expect(alone.code).toBe(0);
    const [first, second] = [modelOf(beside), modelOf(alone)];
    expect(second).not.toBe(first);
    expect((await recommend('status')).lines.slice(0, 2)).toEqual([`${second} serves`, first]);
    expect(await recommend('rollback')).toMatchObject({ code: 0, lines: [`${first} serves`] });
    const none = await recommend('rollback');
    expect(none.code).toBe(1);
    expect(none.said).toContain('There is no earlier model that could serve.');
  });

  it('says what it takes for no command', async () => {
    expect(await recommend('forget')).toMatchObject({
      code: 1,
      said: 'recommend: “forget” is none of train, status, rollback\n',
    });
  });
});
