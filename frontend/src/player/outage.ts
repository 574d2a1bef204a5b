/** How long nothing may be left to hear before the listener is told. */
const SILENT_MS = 30_000;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 8000;

/** Less than this is nothing: the element has stopped, or is about to. */
const DRY_SECONDS = 0.5;

export type Ending = 'was reachable' | 'is back' | 'gave up' | 'was stopped';

export interface Surroundings {
  /** Whether the server answers anything at all. */
  readonly isReachable: () => Promise<boolean>;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly bufferedAheadSeconds: () => number;
}

/** Whether the server answers, whatever it says. */
const isReachable = async (): Promise<boolean> => {
  try {
    await fetch('/api/health', { cache: 'no-store', signal: AbortSignal.timeout(LONGEST_PAUSE_MS) });
    return true;
  } catch {
    return false;
  }
};

/** Ends early when the browser says that there is a network again. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      removeEventListener('online', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener('online', end);
    signal.addEventListener('abort', end, { once: true });
  });

export const BROWSER: Pick<Surroundings, 'isReachable' | 'pause'> = { isReachable, pause };

/**
 * A request got no answer: asks until the server gives one, while what is buffered plays on. Gives up when nothing has
 * been left to hear for half a minute.
 */
export const outlast = async (
  { isReachable, pause, bufferedAheadSeconds }: Surroundings,
  signal: AbortSignal,
): Promise<Ending> => {
  if (await isReachable()) return signal.aborted ? 'was stopped' : 'was reachable';
  let silentMs = 0;
  for (let ms = FIRST_PAUSE_MS; !signal.aborted; ms = Math.min(ms * 2, LONGEST_PAUSE_MS)) {
    await pause(ms, signal);
    if (signal.aborted) break;
    if (await isReachable()) return 'is back';
    silentMs = bufferedAheadSeconds() < DRY_SECONDS ? silentMs + ms : 0;
    if (silentMs >= SILENT_MS) return 'gave up';
  }
  return 'was stopped';
};
