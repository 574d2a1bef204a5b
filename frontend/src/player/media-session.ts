import type { TrackSummary } from '../api/client';
import { artworkUrl } from '../library/artwork-url';
import type { PlaybackStatus } from './playback-status';
import { currentItem, type QueueAction, type QueueState } from './queue-reducer';
import type { Store } from './store';

/** What the system's media controls need of a player. */
interface Controlled {
  readonly queue: Store<QueueState, QueueAction>;
  readonly status: Pick<Store<PlaybackStatus, Partial<PlaybackStatus>>, 'getState' | 'subscribe'>;
  readonly positionMs: number;
  readonly durationMs: number;
  previous(): void;
  seek(positionMs: number): void;
  onTick(listener: () => void): () => void;
}

const STEP_MS = 10_000;
const SIZES = [128, 256, 512] as const;

const metadataOf = (track: TrackSummary): MediaMetadata => {
  const { artwork } = track;
  return new MediaMetadata({
    title: track.title,
    artist: track.artists.map((artist) => artist.name).join(', '),
    album: track.album.title,
    artwork: artwork
      ? SIZES.map((size) => ({ src: artworkUrl(artwork.id, size), sizes: `${size}x${size}` }))
      : [],
  });
};

const actionsOf = (player: Controlled): readonly [MediaSessionAction, MediaSessionActionHandler][] => [
  ['play', () => player.queue.dispatch({ type: 'intend', intent: 'play' })],
  ['pause', () => player.queue.dispatch({ type: 'intend', intent: 'pause' })],
  ['stop', () => player.queue.dispatch({ type: 'intend', intent: 'pause' })],
  ['nexttrack', () => player.queue.dispatch({ type: 'skip' })],
  ['previoustrack', () => player.previous()],
  ['seekto', ({ seekTime }) => player.seek((seekTime ?? 0) * 1000)],
  [
    'seekforward',
    ({ seekOffset }) => player.seek(player.positionMs + (seekOffset ? seekOffset * 1000 : STEP_MS)),
  ],
  [
    'seekbackward',
    ({ seekOffset }) => player.seek(player.positionMs - (seekOffset ? seekOffset * 1000 : STEP_MS)),
  ],
];

/** Older browsers throw for an action they do not know, and that is all they mean by it. */
const setAction = (action: MediaSessionAction, handler: MediaSessionActionHandler | null): void => {
  try {
    navigator.mediaSession.setActionHandler(action, handler);
  } catch {
    return;
  }
};

/** Lock screen, media keys and headphones. Returns what takes it back. */
export function bindMediaSession(player: Controlled): () => void {
  if (!('mediaSession' in navigator)) return () => undefined;
  const session = navigator.mediaSession;
  const actions = actionsOf(player);
  for (const [action, handler] of actions) setAction(action, handler);
  let shown: string | null = null;
  const showTrack = () => {
    const track = currentItem(player.queue.getState())?.track ?? null;
    if (track?.id === shown) return;
    shown = track?.id ?? null;
    session.metadata = track ? metadataOf(track) : null;
  };
  const showPosition = () => {
    const { phase } = player.status.getState();
    session.playbackState = phase === 'idle' ? 'none' : phase === 'paused' ? 'paused' : 'playing';
    const [position, duration] = [player.positionMs / 1000, player.durationMs / 1000];
    if (duration > 0)
      session.setPositionState({ duration, position: Math.min(position, duration), playbackRate: 1 });
  };
  const stops = [
    player.queue.subscribe(showTrack),
    player.status.subscribe(showPosition),
    player.onTick(showPosition),
  ];
  return () => {
    for (const stop of stops) stop();
    for (const [action] of actions) setAction(action, null);
    session.metadata = null;
  };
}
