import { CHILD_ENVIRONMENT, type LaunchPrograms, NICENESS, type Priority } from './launcher.js';
import { ROOM_SCRIPT } from './room-script.js';

/**
 * What stands between a child and the rest of the machine. `room`: a root of its own with nothing but the programs of
 * the system, its own code and one input, no network, no other processes. `netless`: no network. `limits`: neither, since this system
 * gives an ordinary process no namespaces.
 */
export type Walls = 'room' | 'netless' | 'limits';

export interface CageLimits {
  /** Memory that a program fills with its own data; what it merely reserves counts against `addressMb`. */
  readonly dataMb: number;
  /** Null where address space is no measure: V8 reserves hundreds of gigabytes and touches few of them. */
  readonly addressMb: number | null;
  /** Of all its threads together; null for a child that lives on, whose requests have limits of their own. */
  readonly cpuSeconds: number | null;
  readonly openFiles: number;
  /** Also that of each thread: ffmpeg starts more than a hundred on a large machine. */
  readonly stackMb: number | null;
}

export interface CagedProgram {
  readonly program: string;
  readonly args: readonly string[];
  readonly limits: CageLimits;
  readonly walls: Walls;
  readonly priority?: Priority;
  /** False keeps the environment that it is spawned with: a channel to a parent is named there. */
  readonly emptyEnvironment: boolean;
  /** For a room: what is shown in it at its own path, beside the programs of the system. */
  readonly shown?: readonly string[];
  /** For a room: its one input, if it has one, and whether reading that takes an administrator's right. */
  readonly input?: { readonly path: string; readonly inside: string; readonly foreign: boolean };
}

/** Who starts it: an administrator needs no user namespace, and in one could not read files of other people. */
export interface Starter {
  readonly tools: LaunchPrograms;
  readonly isRoot: boolean;
}

const MB = 1 << 20;
/** Threads are counted too. Where the kernel counts them a user, not a namespace, it would count the service's own. */
const PROCESSES = 512;

/**
 * Pure: the command line that runs a program caged: an empty environment, a low priority, limits the kernel keeps (no
 * byte may be written into a file), walls as far as this machine has them, and death together with this process.
 * All but a room's first exec in place: the process id stays the program's; a room ends with the process that holds it.
 */
export function cageLine(caged: CagedProgram, { tools, isRoot }: Starter): readonly [string, ...string[]] {
  const environment = Object.entries(CHILD_ENVIRONMENT).map(([name, value]) => `${name}=${value}`);
  const niceness = String(NICENESS[caged.priority ?? 'normal']);
  const [first = caged.program, ...rest] = [
    ...(tools.env === null || !caged.emptyEnvironment ? [] : [tools.env, '-i', ...environment]),
    ...(tools.nice === null ? [] : [tools.nice, '-n', niceness]),
    ...(tools.prlimit === null ? [] : [tools.prlimit, ...limitArgs(caged.limits), '--']),
    ...inWalls(caged, { tools, isRoot }),
  ];
  return [first, ...rest];
}

function limitArgs({ dataMb, addressMb, cpuSeconds, openFiles, stackMb }: CageLimits): string[] {
  return [
    '--core=0',
    '--fsize=0',
    `--data=${dataMb * MB}`,
    ...(addressMb === null ? [] : [`--as=${addressMb * MB}`]),
    ...(cpuSeconds === null ? [] : [`--cpu=${cpuSeconds}`]),
    `--nofile=${openFiles}`,
    ...(stackMb === null ? [] : [`--stack=${stackMb * MB}`]),
  ];
}

function inWalls(
  { program, args, walls, input, shown = [] }: CagedProgram,
  { tools, isRoot }: Starter,
): string[] {
  const { setpriv, unshare, prlimit, sh } = tools;
  const command = [program, ...args];
  if (setpriv === null) return command;
  const tied = [setpriv, '--pdeathsig', 'KILL'];
  if (unshare === null || prlimit === null || walls === 'limits')
    return [...tied, '--no-new-privs', '--', ...command];
  const counted = isRoot ? [] : [prlimit, `--nproc=${PROCESSES}`, '--'];
  // With that one right and no other a process reads what belongs to other people, and neither writes nor kills.
  const reader = ['--bounding-set', '-all,+dac_read_search', '--inh-caps', '-all'];
  if (walls === 'netless' || sh === null) {
    const apart = [unshare, ...(isRoot ? [] : ['--user', '--map-current-user']), '--net', '--'];
    return [...apart, ...counted, ...tied, ...(isRoot ? reader : []), '--no-new-privs', '--', ...command];
  }
  const spaces = ['--net', '--mount', '--pid', '--ipc', '--uts', '--fork', '--kill-child=KILL'];
  const rights = isRoot && input?.foreign === true ? '-all,+dac_read_search' : '-all';
  const visible = [...(program.startsWith('/usr/') ? [] : [program]), ...shown];
  return [
    ...[
      ...tied,
      '--',
      unshare,
      ...(isRoot ? [] : ['--user', '--map-root-user']),
      ...spaces,
      '--',
      ...counted,
    ],
    ...[
      sh,
      '-c',
      ROOM_SCRIPT,
      'cage',
      input?.path ?? '',
      input?.inside ?? '',
      rights,
      ...visible,
      '--',
      ...command,
    ],
  ];
}
