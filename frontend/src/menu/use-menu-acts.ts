'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { TrackSummary } from '../api/client';
import { notify } from '../notices/notices';
import { usePlayer } from '../player/player-context';
import { randomSeed } from '../player/shuffle';
import { useOpenDialog } from './menu-context';
import type { MenuEntry } from './menu-entries';
import type { Subject } from './subject';
import { sourceOf, tracksOf } from './subject-tracks';
import { useKeepOffline } from './use-keep-offline';
import { useShareLink } from './use-share-link';

/** What happens when an entry is chosen. */
export function useMenuActs(subject: Subject): (entry: MenuEntry) => void {
  const t = useTranslations('menu');
  const queries = useQueryClient();
  const { queue } = usePlayer();
  const router = useRouter();
  const openDialog = useOpenDialog();
  const share = useShareLink();
  const keep = useKeepOffline();

  const withTracks = (act: (tracks: readonly TrackSummary[]) => void): void =>
    void tracksOf(subject, queries).then(
      (tracks) => (tracks.length > 0 ? act(tracks) : notify({ text: t('nothingToPlay') })),
      () => notify({ text: t('unreachable') }),
    );
  const source = sourceOf(subject);
  const play = (seed?: number): void =>
    withTracks((tracks) =>
      queue.dispatch({ type: 'play', tracks, startAt: 0, source, ...(seed === undefined ? {} : { seed }) }),
    );
  const add = (next: boolean): void =>
    withTracks((tracks) => {
      queue.dispatch({ type: 'add', tracks, source, next });
      notify({ text: t(next ? 'playsNext' : 'playsLast', { count: tracks.length }) });
    });

  return (entry) => {
    switch (entry.kind) {
      case 'play':
        return subject.kind === 'track' && subject.play ? subject.play() : play();
      case 'shuffle':
        return play(randomSeed());
      case 'playNext':
        return add(true);
      case 'addToQueue':
        return add(false);
      case 'addToPlaylist':
        return openDialog({ kind: 'pick', subject });
      case 'goToAlbum':
      case 'goToArtist':
        return router.push(entry.href);
      case 'share':
        return void share(entry.of, entry.id);
      case 'keep':
        return void keep(entry.of, entry.id, entry.name);
      case 'own':
        return entry.entry.run();
      // They act in place.
      case 'like':
      case 'download':
        return undefined;
    }
  };
}
