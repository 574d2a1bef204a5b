/** Somebody hears silence until a `waiting` encode has made its first segment; nobody waits for a `background` one. */
export type EncodeUrgency = 'waiting' | 'background';

export interface EncodeSlot {
  /** Passes when the encode may begin. @throws when stopped */
  admitted(): Promise<void>;
  /** Passes at once, or when a waiting listener's encode has left the core to this one. @throws when stopped */
  turn(): Promise<void>;
  /** A listener has come to wait for what was encoded in the background. */
  promote(): void;
  /** They have all gone: from now on it yields. */
  demote(): void;
  /** Safe to call again. */
  leave(): void;
}

interface Entry {
  urgency: EncodeUrgency;
  readonly signal: AbortSignal;
  admitted: boolean;
  /** Those who wait for its admission or for its turn: each pipe of its encoder waits by itself. */
  readonly sleepers: (() => void)[];
}

/**
 * As many encoders work as there are cores. A background encode yields by not reading what its encoder writes: the
 * full pipe stops the program, and nothing that was encoded is lost.
 */
export class EncodeSlots {
  private readonly entries: Entry[] = [];

  constructor(readonly cores: number) {}

  /** A place in the order from now on, whether or not there is a core already. */
  take(urgency: EncodeUrgency, signal: AbortSignal): EncodeSlot {
    const entry: Entry = { urgency, signal, admitted: false, sleepers: [] };
    const onAbort = (): void => wake(entry);
    signal.addEventListener('abort', onAbort);
    this.entries.push(entry);
    return {
      admitted: () => this.until(entry, () => this.admit(entry)),
      turn: () => this.until(entry, () => this.mayWork(entry)),
      promote: () => this.become(entry, 'waiting'),
      demote: () => this.become(entry, 'background'),
      leave: () => {
        signal.removeEventListener('abort', onAbort);
        this.remove(entry);
      },
    };
  }

  /** A background encode starts only beside free cores; a waiting one takes the place of a background one. */
  private admit(entry: Entry): boolean {
    const before = this.entries.filter(
      (other) =>
        other !== entry && other.admitted && (entry.urgency === 'background' || other.urgency === 'waiting'),
    );
    entry.admitted ||= before.length < this.cores;
    return entry.admitted;
  }

  /** Waiting ones always work; background ones, oldest first, have the cores that are left. */
  private mayWork(entry: Entry): boolean {
    if (entry.urgency === 'waiting') return true;
    const working = this.entries.filter((other) => other.admitted);
    const waiting = working.filter((other) => other.urgency === 'waiting').length;
    const place = working.filter((other) => other.urgency === 'background').indexOf(entry);
    return waiting + place < this.cores;
  }

  private async until(entry: Entry, allowed: () => boolean): Promise<void> {
    entry.signal.throwIfAborted();
    while (!allowed()) {
      await new Promise<void>((resolve) => entry.sleepers.push(resolve));
      entry.signal.throwIfAborted();
    }
  }

  private become(entry: Entry, urgency: EncodeUrgency): void {
    entry.urgency = urgency;
    this.wakeAll();
  }

  private remove(entry: Entry): void {
    const index = this.entries.indexOf(entry);
    if (index >= 0) this.entries.splice(index, 1);
    this.wakeAll();
  }

  private wakeAll(): void {
    for (const entry of this.entries) wake(entry);
  }
}

const wake = (entry: Entry): void => {
  for (const resolve of entry.sleepers.splice(0)) resolve();
};
