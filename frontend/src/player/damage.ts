import { isRefusedAtAppend, rungOfError, type FailedRung } from './failure';
import type { FetchedSegments } from './fetched-segments';
import { missingSeconds } from './missing-seconds';
import type { QueueSession } from './queue-session';
import type { SegmentPlace } from './stage';

/** How far decoders are ahead of what sounds: Chromium tells of undecodable bytes 0.3 to 0.35 s before their turn. */
const DECODED_AHEAD_SECONDS = 0.6;

/** More of a segment than rounding could take away. */
const HOLE_SECONDS = 0.1;

/**
 * Whose the bytes are that came whole and are of no use. Chromium refuses them as it takes them in, fails as it decodes
 * them, or swallows them without a word, which leaves a hole. Made for each load by Recovery.
 */
export class Damage {
  constructor(
    private readonly session: QueueSession,
    private readonly audio: HTMLMediaElement,
    private readonly fetched: FetchedSegments,
  ) {}

  /** Of a segment that was appended just now, and is not there: whose it is. */
  swallowed({ startSeconds, endSeconds }: SegmentPlace): FailedRung | null {
    const isThere = missingSeconds(this.audio.buffered, startSeconds, endSeconds) < HOLE_SECONDS;
    return isThere ? null : this.fetched.last;
  }

  /** Whose bytes could not be taken in or decoded; null where nobody knows. */
  culpritOf(error: unknown): FailedRung | null {
    if (isRefusedAtAppend(error)) return rungOfError(error) ?? this.fetched.last;
    return this.fetched.at(this.session.timelineSeconds + DECODED_AHEAD_SECONDS) ?? this.fetched.last;
  }
}
