'use client';
import { useTranslations } from 'next-intl';
import type { PlaylistDetail } from '../api/client';
import { languageOf } from '../components/language-of';
import { useLengthText } from '../components/lengths';
import { PlayButtons } from '../library/play-actions';
import { MoreButton } from '../menu/more-button';
import { usePlayPlaylist } from './play-playlist';
import { PlaylistCover } from './playlist-cover';

export function PlaylistHead({ playlist }: { readonly playlist: PlaylistDetail }) {
  const t = useTranslations();
  const lengthText = useLengthText();
  const start = usePlayPlaylist();
  const { title, description, owner, visibility, kind, playableCount, durationMs } = playlist;
  const length = durationMs > 0 ? lengthText(durationMs) : null;
  return (
    <header className="album-head">
      <PlaylistCover playlist={playlist} size={512} eager />
      <div className="min-w-0">
        <h1 lang={languageOf(title)}>{title}</h1>
        <p className="art-by">{t('playlist.by', { owner: owner.username })}</p>
        <p className="facts num">
          <span>{t(`playlist.visibility.${visibility}`)}</span>
          {kind === 'smart' && <span>{t('playlist.smart')}</span>}
          <span>{[t('common.tracks', { count: playableCount }), length].filter(Boolean).join(', ')}</span>
        </p>
        {description && (
          <p className="playlist-words" lang={languageOf(description)}>
            {description}
          </p>
        )}
        <PlayButtons
          playable={playableCount > 0}
          play={(seed) => void start(playlist, seed === undefined ? {} : { seed })}
        >
          <MoreButton subject={{ kind: 'playlist', playlist }} />
        </PlayButtons>
      </div>
    </header>
  );
}
