import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { log } from '../backend/dist/common/log.js';
import { findFfmpeg } from '../backend/dist/media/find-ffmpeg.js';
import { LADDER, type Codec } from '../backend/dist/media/ladder.js';
import { openHouse } from './first-play/house.ts';
import { rawRendition } from './first-play/raw.ts';
import { addTrack, makeSong } from './first-play/tracks.ts';
import { median } from './scan/cpu.ts';
import { startScratchServer } from './scan/server.ts';

/** Goal 10: the CPU of the whole ladder as the worker makes it, beside an ffmpeg of its own for each rung. */

const { values: options } = parseArgs({
  options: {
    json: { type: 'string' },
    seconds: { type: 'string', default: '120' },
    rounds: { type: 'string', default: '3' },
  },
});
const SECONDS = Number(options.seconds);
const ROUNDS = Number(options.rounds);
const CODECS: readonly Codec[] = ['aac', 'opus', 'flac'];
const going = new AbortController().signal;

/** CPU seconds of this process and of its children that ended, in hundredths; Linux only. */
const spent = (): { readonly all: number; readonly own: number } => {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  const seconds = (...at: readonly number[]): number =>
    at.reduce((sum, index) => sum + Number(fields[index]), 0) / 100;
  return { all: seconds(11, 12, 13, 14), own: seconds(11, 12) };
};

const measure = async (work: () => Promise<unknown>): Promise<ReturnType<typeof spent>> => {
  const before = spent();
  await work();
  const after = spent();
  return { all: after.all - before.all, own: after.own - before.own };
};

log.level = 'silent';
const scratch = mkdtempSync(join(tmpdir(), 'kanade-bench-ladder-'));
// Started as root, Postgres runs as another user, who must get to his folder.
chmodSync(scratch, 0o755);
try {
  const tools = await findFfmpeg();
  const server = await startScratchServer(scratch);
  const house = await openHouse(await server.makeDatabase('ladder'), join(scratch, 'store'), tools);
  const apart = join(scratch, 'apart');
  mkdirSync(apart);
  try {
    const trackId = await addTrack(house.db, tools, makeSong(tools, scratch, 'song.flac', SECONDS));
    const source = await house.sources.get(trackId);
    const ours: ReturnType<typeof spent>[] = [];
    const theirs: ReturnType<typeof spent>[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await house.db.query('DELETE FROM renditions WHERE track_id = $1', [trackId]);
      ours.push(await measure(() => house.ladder.encodeTrack(trackId, going)));
      theirs.push(
        await measure(async () => {
          for (const rung of LADDER) await rawRendition(tools, source, rung, join(apart, `${rung.name}.mp4`));
        }),
      );
    }
    const [figure, anchor] = [ours, theirs].map((rounds) => median(rounds.map(({ all }) => all)));
    const made = await house.renditions.findOfTracks([trackId]);
    const ready = CODECS.flatMap((codec) =>
      made.filter((row) => row.codec === codec && row.state === 'ready'),
    );
    if (figure === undefined || anchor === undefined || ready.length !== LADDER.length)
      throw new Error('the ladder is not whole');
    const result = {
      name: `the ladder of ${SECONDS} s, ${LADDER.length} rungs`,
      figure,
      anchor,
      unit: 'CPU-s',
      ratio: figure / anchor,
      goal: 'at most 0.95x separate ffmpeg runs with the same settings',
      met: figure / anchor <= 0.95,
      note: `of ours the worker itself (table, hash, rows) ${median(ours.map(({ own }) => own)).toFixed(2)}; Postgres is not counted`,
    };
    process.stdout.write(
      `${result.met ? 'met   ' : 'MISSED'} ${result.name}: ${figure.toFixed(2)} against ${anchor.toFixed(2)} ${result.unit}, ${result.ratio.toFixed(3)}x (goal: ${result.goal})\n       ${result.note}\n`,
    );
    if (options.json !== undefined)
      writeFileSync(options.json, `${JSON.stringify({ bench: 'ladder', figures: [result] }, null, 2)}\n`);
  } finally {
    await house.close();
    await server.stop();
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(0);
