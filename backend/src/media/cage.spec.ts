import { describe, expect, it } from '@jest/globals';
import { type CagedProgram, cageLine } from './cage.js';
import type { LaunchPrograms } from './launcher.js';
import { inputInRoom } from './room-script.js';

const NOTHING: LaunchPrograms = {
  env: null,
  nice: null,
  setpriv: null,
  prlimit: null,
  unshare: null,
  sh: null,
};
const EVERYTHING: LaunchPrograms = {
  env: '/bin/env',
  nice: '/bin/nice',
  setpriv: '/bin/setpriv',
  prlimit: '/bin/prlimit',
  unshare: '/bin/unshare',
  sh: '/bin/sh',
};
const caged: CagedProgram = {
  program: '/opt/ffmpeg',
  args: ['-version'],
  limits: { dataMb: 1, addressMb: 2, cpuSeconds: 30, openFiles: 64, stackMb: 2 },
  walls: 'room',
  emptyEnvironment: true,
  input: { path: '/music/a b.flac', inside: '/input.flac', foreign: true },
};
const line = (changes: Partial<CagedProgram> = {}, tools = EVERYTHING, isRoot = false): string =>
  cageLine({ ...caged, ...changes }, { tools, isRoot }).join(' ');

describe('the line that starts a caged program', () => {
  it('empties the environment, lowers the priority, sets limits and ties its life to ours', () => {
    expect(line({ walls: 'limits' })).toBe(
      '/bin/env -i LC_ALL=C MALLOC_ARENA_MAX=2 /bin/nice -n 10 ' +
        '/bin/prlimit --core=0 --fsize=0 --data=1048576 --as=2097152 --cpu=30 --nofile=64 --stack=2097152 -- ' +
        '/bin/setpriv --pdeathsig KILL --no-new-privs -- /opt/ffmpeg -version',
    );
  });

  it.each([
    ['waiting', ' -n 5 '],
    ['idle', ' -n 19 '],
  ] as const)('%s work has a niceness of its own', (priority, niceness) => {
    expect(line({ priority })).toContain(niceness);
  });

  it('keeps what names the channel to the parent of a child that lives on, and sets no limits that it outgrows', () => {
    const limits = { ...caged.limits, addressMb: null, cpuSeconds: null, stackMb: null };
    const text = line({ walls: 'netless', emptyEnvironment: false, limits });
    expect(text).not.toMatch(/env -i|--as|--cpu|--stack/);
    expect(text).toContain('/bin/unshare --user --map-current-user --net -- /bin/prlimit --nproc=512 --');
  });

  it('gives an administrator no user namespace, and takes every right but that of reading', () => {
    const text = line({ walls: 'netless' }, EVERYTHING, true);
    expect(text).toContain('/bin/unshare --net -- ');
    expect(text).toContain('--bounding-set -all,+dac_read_search --inh-caps -all --no-new-privs');
  });

  it('shows the room its input and its own program, and passes names on as they are', () => {
    const args = cageLine(caged, { tools: EVERYTHING, isRoot: false });
    expect(args.slice(args.indexOf('cage'))).toEqual([
      ...['cage', '/music/a b.flac', '/input.flac', '-all', '/opt/ffmpeg', '--', '/opt/ffmpeg', '-version'],
    ]);
    const asRoot = cageLine(caged, { tools: EVERYTHING, isRoot: true });
    expect(asRoot).toContain('-all,+dac_read_search');
  });

  it('is the program alone where the machine has none of these', () => {
    expect(cageLine(caged, { tools: NOTHING, isRoot: false })).toEqual(['/opt/ffmpeg', '-version']);
  });
});

describe('the name of an input in its room', () => {
  it.each([
    ['/music/song.flac', '/input.flac'],
    ['/music/%d.MP3', '/input.MP3'],
    ['/music/-i /etc/passwd', '/input'],
    ['/music/x.$(id)', '/input'],
    ['/music/a.b/c', '/input'],
  ])('of %s is %s', (path, inside) => {
    expect(inputInRoom(path)).toBe(inside);
  });
});
