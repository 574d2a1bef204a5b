import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';

export interface Prying {
  readonly port: number;
  readonly secretPid: number;
  readonly writeTo: string;
  readonly secretFile: string;
  readonly bloat: boolean;
}

/** Does what a child would that a hostile file has taken over, and tells what it got. */
process.on('disconnect', () => process.exit());
process.on('message', (wish: Prying) => void pry(wish));

const tried = (attempt: () => unknown): string => {
  try {
    return String(attempt());
  } catch (error) {
    return `refused: ${String(error)}`;
  }
};

const connected = (port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve('connected'));
    socket.on('error', (error) => resolve(`refused: ${error.message}`));
  });

async function pry({ port, secretPid, writeTo, secretFile, bloat }: Prying): Promise<void> {
  const kept: Buffer[] = [];
  while (bloat) {
    kept.push(Buffer.alloc(8 << 20, 1));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  process.send?.({
    environment: JSON.stringify(Object.keys(process.env)),
    environmentOfOthers: tried(() => readFileSync(`/proc/${secretPid}/environ`, 'utf8')),
    file: tried(() => readFileSync(secretFile, 'utf8')),
    network: await connected(port),
    writing: tried(() => writeFileSync(writeTo, 'x')),
    program: tried(() => {
      const { error, stdout } = spawnSync('/bin/echo', ['hello'], { encoding: 'utf8' });
      if (error !== undefined) throw error;
      return stdout;
    }),
  });
}
