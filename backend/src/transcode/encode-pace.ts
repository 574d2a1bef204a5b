import { ProgramPriority } from '../media/program-priority.js';
import type { EncodeSlot, EncodeUrgency } from './encode-slots.js';
import type { GrowthReporter } from './growth-reporter.js';

interface Part {
  awaited: boolean;
  /** How often a message told of its listeners. */
  messages: number;
  /** Known as soon as its file is open. */
  reporter: GrowthReporter | null;
}

/**
 * What listeners change in one encode: who comes or goes counts from the claim on, also while the encode waits for its
 * core. The renditions of one ffmpeg are in a hurry as long as somebody waits for one of them.
 */
export class EncodePace {
  readonly priority: ProgramPriority;
  private readonly parts: ReadonlyMap<string, Part>;

  constructor(
    renditionIds: readonly string[],
    urgency: EncodeUrgency,
    private readonly slot: EncodeSlot,
  ) {
    const awaited = urgency === 'waiting';
    this.priority = new ProgramPriority(awaited ? 'waiting' : 'idle');
    this.parts = new Map(renditionIds.map((id) => [id, { awaited, messages: 0, reporter: null }]));
  }

  isAwaited(renditionId: string): boolean {
    return this.parts.get(renditionId)?.awaited === true;
  }

  /** Its reporter was made as this pace stood, in the same turn. */
  attach(renditionId: string, reporter: GrowthReporter): void {
    const part = this.parts.get(renditionId);
    if (part !== undefined) part.reporter = reporter;
  }

  /** A message tells that a listener has come, or that the last one has gone. */
  hear(renditionId: string, awaited: boolean): void {
    const part = this.parts.get(renditionId);
    if (part === undefined) return;
    part.messages++;
    this.set(part, awaited);
  }

  /**
   * Before a look at the row of a rendition. @returns what takes over what the row said, unless a message came while it
   * was being read: that is the younger news.
   */
  look(renditionId: string): (awaited: boolean) => void {
    const part = this.parts.get(renditionId);
    const messages = part?.messages;
    return (awaited) => {
      if (part !== undefined && part.messages === messages && part.awaited !== awaited)
        this.set(part, awaited);
    };
  }

  private set(part: Part, awaited: boolean): void {
    part.awaited = awaited;
    if (awaited) {
      this.slot.promote();
      this.priority.raise('waiting');
      part.reporter?.hurry();
    } else if ([...this.parts.values()].every((each) => !each.awaited)) {
      this.slot.demote();
    }
  }
}
