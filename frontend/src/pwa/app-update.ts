import { createStore } from '../player/store';

/** Who leaves the page open for days is told of a new one within this. */
const LOOK_EVERY_MS = 60 * 60_000;
const START_AFTER_MS = 1500;

interface AppUpdate {
  /** A newer page lies ready. */
  readonly ready: boolean;
}

export const appUpdate = createStore<AppUpdate, AppUpdate>((_, next) => next, { ready: false });

let waiting: ServiceWorker | null = null;
let isWished = false;

const offer = (worker: ServiceWorker | null): void => {
  waiting = worker;
  appUpdate.dispatch({ ready: true });
};

/** A worker that was installed beside one that is in charge waits: the page is offered, and never changed unasked. */
const watch = (registration: ServiceWorkerRegistration): void => {
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) offer(worker);
    });
  });
};

/** Takes the new page, at the listener's word. */
export const takeUpdate = (): void => {
  isWished = true;
  if (waiting) waiting.postMessage({ type: 'SKIP_WAITING' });
  else location.reload();
};

/** Registered for who is signed in: before somebody has set Kanade up, its pages lead elsewhere. Returns what ends it. */
export const followWorker = (): (() => void) => {
  if (!('serviceWorker' in navigator)) return () => undefined;
  const { serviceWorker } = navigator;
  let hadController = serviceWorker.controller !== null;
  let timer: ReturnType<typeof setInterval> | undefined;
  let isOver = false;
  const taken = (): void => {
    if (isWished) location.reload();
    // Another tab has taken the new page: the parts of this one that were not loaded yet are gone.
    else if (hadController) offer(null);
    hadController = true;
  };
  serviceWorker.addEventListener('controllerchange', taken);
  const register = (): void => {
    serviceWorker.register('/sw.js', { scope: '/', updateViaCache: 'none' }).then(
      (registration: ServiceWorkerRegistration | undefined) => {
        if (!registration || isOver) return;
        watch(registration);
        timer = setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS);
      },
      // Without it the page works as any page does: with a network.
      () => undefined,
    );
  };
  // What it keeps is as much as the page itself: not while the page still fetches what it shows.
  const start = setTimeout(register, START_AFTER_MS);
  return () => {
    isOver = true;
    clearTimeout(start);
    clearInterval(timer);
    serviceWorker.removeEventListener('controllerchange', taken);
  };
};
