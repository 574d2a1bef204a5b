import type { PlayEvent } from '../api/client';

const WAITING = 'kanade.play.';
const SOUNDING = 'kanade.sounding.';

/** A page that sounds writes more often than this; what is older was left behind by one that is gone. */
const LEFT_BEHIND_MS = 10 * 60_000;

/** As much of a browser's storage as this needs. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/**
 * What the server has not taken yet, an entry an event and listener, so that pages side by side lose nothing of each
 * other. It survives a reload, a crash and being signed out; sending an event twice is harmless, for its id is its own.
 */
export class Outbox {
  readonly #waiting: string;
  readonly #sounding: string;

  constructor(
    private readonly shelf: Shelf,
    userId: string,
  ) {
    this.#waiting = `${WAITING}${userId}.`;
    this.#sounding = `${SOUNDING}${userId}.`;
  }

  /** What was heard so far of a track that still sounds: if the page dies, this is what is known. */
  keepSounding(event: PlayEvent, nowMs: number): void {
    this.#write(this.#sounding + event.id, JSON.stringify({ event, at: nowMs }));
  }

  add(event: PlayEvent): void {
    this.#write(this.#waiting + event.id, JSON.stringify(event));
    this.shelf.removeItem(this.#sounding + event.id);
  }

  /** False too where another page took it over, thinking that this one was gone. */
  isSounding(id: string): boolean {
    return this.shelf.getItem(this.#sounding + id) !== null;
  }

  /** Takes over what pages that died have left behind. */
  adopt(nowMs: number): void {
    for (const key of this.#keys(this.#sounding)) {
      const kept = parse(this.shelf.getItem(key));
      if (kept === null || typeof kept.at !== 'number' || !isEvent(kept.event)) this.shelf.removeItem(key);
      else if (nowMs - kept.at > LEFT_BEHIND_MS || kept.at > nowMs) this.add(kept.event);
    }
  }

  /** The first so many that wait. */
  waiting(most: number): PlayEvent[] {
    const events: PlayEvent[] = [];
    for (const key of this.#keys(this.#waiting)) {
      const event = parse(this.shelf.getItem(key));
      if (isEvent(event)) events.push(event);
      else this.shelf.removeItem(key);
      if (events.length === most) break;
    }
    return events;
  }

  take(ids: Iterable<string>): void {
    for (const id of ids) this.shelf.removeItem(this.#waiting + id);
  }

  #keys(prefix: string): string[] {
    return Array.from({ length: this.shelf.length }, (_, at) => this.shelf.key(at))
      .filter((key) => key !== null)
      .filter((key) => key.startsWith(prefix))
      .sort();
  }

  /** A full storage costs the event, and nothing that was kept before. */
  #write(key: string, value: string): void {
    try {
      this.shelf.setItem(key, value);
    } catch {
      return;
    }
  }
}

type Parsed = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Parsed => typeof value === 'object' && value !== null;

const parse = (text: string | null): Parsed | null => {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
};

const isEvent = (value: unknown): value is PlayEvent =>
  isRecord(value) &&
  ['id', 'trackId', 'startedAt'].every((name) => typeof value[name] === 'string') &&
  typeof value.playedMs === 'number';
