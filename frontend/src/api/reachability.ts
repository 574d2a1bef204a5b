import { createStore } from '../player/store';

/** Whether the server has answered last. Said by every call of the API, and looked for while it does not. */
export const reachability = createStore<{ readonly online: boolean }, boolean>(
  (now, online) => (now.online === online ? now : { online }),
  { online: true },
);

const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 15_000;

let looking: ReturnType<typeof setTimeout> | undefined;

const look = async (pauseMs: number): Promise<void> => {
  try {
    const limit = AbortSignal.timeout(LONGEST_PAUSE_MS);
    const { status } = await fetch('/api/health', { cache: 'no-store', signal: limit });
    // It may be starting, or only its proxy is there.
    if (status >= 500) throw new Error('the server is not there yet');
    sayOnline(true);
  } catch {
    looking = setTimeout(() => void look(Math.min(pauseMs * 2, LONGEST_PAUSE_MS)), pauseMs);
  }
};

export const sayOnline = (online: boolean): void => {
  const was = reachability.getState().online;
  reachability.dispatch(online);
  if (was === online) return;
  clearTimeout(looking);
  if (!online) looking = setTimeout(() => void look(FIRST_PAUSE_MS), FIRST_PAUSE_MS);
};

if (typeof addEventListener === 'function') {
  addEventListener('offline', () => sayOnline(false));
  addEventListener('online', () => {
    clearTimeout(looking);
    if (!reachability.getState().online) void look(FIRST_PAUSE_MS);
  });
}
