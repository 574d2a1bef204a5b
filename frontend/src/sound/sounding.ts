import type { PlacedItem } from '../player/queue-timeline';

/** What sounds and what follows it by itself. */
export interface Outlook {
  readonly current: PlacedItem;
  readonly next: PlacedItem | null;
  /** In the time of the listener. */
  readonly secondsToJoin: number;
}

/** What those who shape the sound need of an engine. */
export interface Sounding {
  readonly audio: HTMLAudioElement;
  /** Null where nothing stands on a timeline. */
  readonly outlook: Outlook | null;
  readonly positionSeconds: number;
  /** An address of what sounds, as it has to be asked for by now. */
  signed(uri: string): string;
  /** Over to what follows, at so many seconds of it. */
  leap(seconds: number): void;
}
