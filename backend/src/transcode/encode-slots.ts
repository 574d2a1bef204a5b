/** Somebody hears silence until a `waiting` encode has made its first segment; nobody waits for a `background` one. */
export type EncodeUrgency = 'waiting' | 'background';

export interface EncodeSlot {
  /** Passes at once, or when a waiting listener's encode has left the core to this one. @throws when stopped */
  turn(): Promise<void>;
  /** A listener has come to wait for what was encoded in the background. */
  promote(): void;
  /** They have all gone: from now on it yields. */
  demote(): void;
  leave(): void;
}

interface Entry {
  urgency: EncodeUrgency;
  readonly signal: AbortSignal;
  admitted: boolean;
  /** Resolves the one step that this entry waits for: its admission, or its next turn. */
  wake: (() => void) | null;
}

/**
 * As many encoders work as there are cores. A background encode yields by not reading what its encoder writes: the
 * full pipe stops the program, and nothing that was encoded is lost.
 */
export class EncodeSlots {
  private readonly entries: Entry[] = [];

  constructor(readonly cores: number) {}

  async enter(urgency: EncodeUrgency, signal: AbortSignal): Promise<EncodeSlot> {
    const entry: Entry = { urgency, signal, admitted: false, wake: null };
    const onAbort = (): void => entry.wake?.();
    const leave = (): void => {
      signal.removeEventListener('abort', onAbort);
      this.remove(entry);
    };
    signal.addEventListener('abort', onAbort);
    this.entries.push(entry);
    try {
      await this.until(entry, () => this.admit(entry));
    } catch (error) {
      leave();
      throw error;
    }
    return {
      turn: () => this.until(entry, () => this.mayWork(entry)),
      promote: () => this.become(entry, 'waiting'),
      demote: () => this.become(entry, 'background'),
      leave,
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
      await new Promise<void>((resolve) => {
        entry.wake = resolve;
      });
      entry.wake = null;
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
    for (const entry of this.entries) entry.wake?.();
  }
}
