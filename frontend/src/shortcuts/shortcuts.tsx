'use client';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useFrame } from '../frame/frame-context';
import { useLike } from '../likes/use-like';
import { useCurrentItem, usePlayer } from '../player/player-context';
import type { Player } from '../player/player';
import { NEXT_REPEAT } from '../player/transport';
import { randomSeed } from '../player/shuffle';
import { bindShortcuts } from './bind-shortcuts';
import { help } from './help';
import type { ShortcutId } from './table';

const Dialog = dynamic(() => import('./shortcuts-dialog').then((file) => file.ShortcutsDialog), {
  ssr: false,
});

const STEP_MS = 5000;
const LONG_STEP_MS = 30_000;
const VOLUME_STEP = 0.05;

const forPlayer = (player: Player) => {
  const step = (ms: number) => () => player.seek(player.positionMs + ms);
  const turn = (by: number) => () => {
    const { level } = player.volume.getState();
    player.volume.dispatch({ level: Math.min(1, Math.max(0, level + by)), muted: false });
  };
  return {
    toggle: () => player.toggle(),
    next: () => player.queue.dispatch({ type: 'skip' }),
    previous: () => player.previous(),
    forward: step(STEP_MS),
    back: step(-STEP_MS),
    farForward: step(LONG_STEP_MS),
    farBack: step(-LONG_STEP_MS),
    louder: turn(VOLUME_STEP),
    quieter: turn(-VOLUME_STEP),
    mute: () => player.volume.dispatch({ muted: !player.volume.getState().muted }),
    shuffle: () => player.queue.dispatch({ type: 'shuffle', seed: randomSeed() }),
    repeat: () =>
      player.queue.dispatch({ type: 'repeat', mode: NEXT_REPEAT[player.queue.getState().repeat] }),
  };
};

/** On a phone the field stands on the search page alone. */
const fieldInSight = (): HTMLInputElement | undefined =>
  [...document.querySelectorAll<HTMLInputElement>('input[type="search"]')].find((field) =>
    field.checkVisibility(),
  );

/** What keys do from anywhere, and the list of them. */
export function Shortcuts() {
  const t = useTranslations('likes');
  const router = useRouter();
  const player = usePlayer();
  const { toggleQueue } = useFrame();
  const track = useCurrentItem()?.track;
  const like = useLike('track', track?.id);
  const [said, setSaid] = useState('');
  const shown = useSyncExternalStore(help.subscribe, help.getState, () => false);

  const go = (address: string) => () => router.push(address);
  const act: Readonly<Record<ShortcutId, () => void>> = {
    ...forPlayer(player),
    like: () => {
      if (!track) return;
      setSaid(like.liked ? t('takenBack', { name: track.title }) : t('saved', { name: track.title }));
      like.toggle();
    },
    queue: toggleQueue,
    find: () => {
      const field = fieldInSight();
      if (!field) return router.push('/search');
      field.focus();
      field.select();
    },
    help: () => help.dispatch(true),
    home: go('/'),
    search: go('/search'),
    library: go('/library'),
    settings: go('/settings'),
  };
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => bindShortcuts((id) => latest.current[id]()), []);
  return (
    <>
      <p className="sr-only" role="status">
        {said}
      </p>
      {shown && <Dialog onClose={() => help.dispatch(false)} />}
    </>
  );
}
