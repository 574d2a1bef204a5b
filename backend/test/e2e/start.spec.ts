import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client, eventually } from '../support/client.js';
import { descendantsOf, isAlive, workerOf } from '../support/processes.js';
import { postmasterPid } from '../support/server-database.js';
import { removeFolder, runToEnd, startServer, temporaryFolder } from '../support/server.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

describe('starting and stopping', () => {
  let home: string;
  let music: string;
  beforeAll(() => {
    home = temporaryFolder('start');
    music = join(home, 'music');
    mkdirSync(music);
  });
  afterAll(() => removeFolder(home));

  it.each([
    [
      'a music folder that is missing',
      ['--music', '/no/such/folder'],
      'the music folder /no/such/folder does not exist',
    ],
    ['an unknown flag and a wrong role', ['--colour', 'red', '--role', 'boss'], 'unknown option --colour'],
    ['a database that nobody answers for', [], 'nobody answers there|ECONNREFUSED'],
  ])('%s: one message, exit code 1, nothing left behind', async (name, flags, message) => {
    const data = join(home, `data ${name.length}`);
    const env: Record<string, string> = name.includes('database')
      ? { DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:9/none' }
      : {};
    const { code, output } = await runToEnd({ music: [music], data, arguments: flags, env });
    expect(output).toMatch(new RegExp(message));
    expect(output).toMatch(/^Kanade cannot start:\n(- .*\n)+$/);
    expect(output).not.toContain('hunter2');
    expect(code).toBe(1);
    expect(existsSync(data)).toBe(false);
  });

  it('a file as music folder, and one that may not be read, are told together', async () => {
    const file = join(home, 'a file');
    writeFileSync(file, '');
    const { code, output } = await runToEnd({
      music: [file],
      data: join(home, 'none'),
      arguments: ['--ladder', 'tall'],
    });
    expect(output).toContain('is a file, not a folder');
    expect(output).toContain('--ladder is “tall”');
    expect(code).toBe(1);
  });

  it('a taken port is told, and nothing was made', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const data = join(home, 'taken');
    const { code, output } = await runToEnd({ music: [music], data, port });
    other.close();
    expect(output).toBe(
      `Kanade cannot start:\n- port ${port} is taken on 127.0.0.1; choose another with --port\n`,
    );
    expect(code).toBe(1);
    expect(existsSync(data)).toBe(false);
  });

  it('SIGTERM ends the server, its worker and its Postgres, and the next start finds everything', async () => {
    const data = join(home, 'data');
    const first = await startServer({ music: [music], data });
    await new Client(first.url).setUp();
    const postmaster = postmasterPid(data);
    expect(await first.stop()).toBe(0);
    expect(isAlive(postmaster)).toBe(false);
    const second = await startServer({ music: [music], data });
    const again = await new Client(second.url).request('POST', '/api/session', {
      username: 'ANN',
      password: 'correct horse',
    });
    expect(again.status).toBe(200);
    await second.stop();
  });

  it('what a killed server left running is taken over by the next, and a second one beside it is refused', async () => {
    const data = join(home, 'data');
    const first = await startServer({ music: [music], data });
    const postmaster = postmasterPid(data);
    // It has only just begun to start.
    const worker = workerOf(first.pid);
    await first.kill();
    expect(isAlive(postmaster)).toBe(true);
    const second = await startServer({ music: [music], data });
    expect(postmasterPid(data)).toBe(postmaster);
    const beside = await runToEnd({ music: [music], data });
    expect(beside.output).toContain('another Kanade is running on the data folder');
    expect((await new Client(second.url).request('GET', '/api/health')).status).toBe(200);
    await eventually(
      () => Promise.resolve(isAlive(worker.pid)),
      (alive) => !alive,
    );
    await second.stop();
    expect(isAlive(postmaster)).toBe(false);
  });

  it('a folder that was scanned before and is away now only warns', async () => {
    const data = join(home, 'away');
    const folder = join(home, 'on another disk');
    mkdirSync(folder);
    const first = await startServer({ music: [folder], data });
    const client = new Client(first.url);
    await client.setUp();
    await eventually(
      () => client.get<{ libraries: { lastScannedAt: string | null }[] }>('/api/library/status'),
      (status) => status.libraries[0]?.lastScannedAt != null,
    );
    await first.stop();
    renameSync(folder, `${folder}, unplugged`);
    const second = await startServer({ music: [folder], data });
    expect(second.output()).toContain(`The music folder ${folder} is not there now`);
    // Before its worker was even there.
    const postmaster = postmasterPid(data);
    expect(await second.stop()).toBe(0);
    expect(isAlive(postmaster)).toBe(false);
  });

  it('SIGTERM in the middle of a start ends what was started by then', async () => {
    const data = join(home, 'away');
    const ended = runToEnd({ music: [music], data });
    const pid = (): number =>
      existsSync(join(data, 'postgres/cluster/postmaster.pid')) ? postmasterPid(data) : 0;
    const postmaster = await eventually(
      () => Promise.resolve(pid()),
      (found) => found > 0,
    );
    const server = descendantsOf(process.pid).find(({ command }) => /main\.js .*away/.test(command));
    if (server === undefined) throw new Error('the server is not there');
    process.kill(server.pid, 'SIGTERM');
    expect(await ended).toMatchObject({ code: 0 });
    expect(isAlive(postmaster)).toBe(false);
  });
});
