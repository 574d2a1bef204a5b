'use client';
import { useQuery } from '@tanstack/react-query';
import { FileOutput, ListFilter } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { PlaylistDetail } from '../api/client';
import { meQuery } from '../api/queries';
import { languageOf } from '../components/language-of';
import { useLengthText } from '../components/lengths';
import { DownloadButton } from '../offline/download-button';
import { PlayButtons } from '../library/play-actions';
import { useMenus } from '../menu/menu-context';
import { MoreButton } from '../menu/more-button';
import { usePlayPlaylist } from './play-playlist';
import { PlaylistCover } from './playlist-cover';

const EXPORTS = [
  ['m3u8', 'M3U8'],
  ['xspf', 'XSPF'],
  ['jspf', 'JSPF'],
] as const;

const PlaylistSettings = dynamic(() => import('./playlist-settings').then((file) => file.PlaylistSettings), {
  ssr: false,
});

export function PlaylistHead({ playlist }: { readonly playlist: PlaylistDetail }) {
  const t = useTranslations();
  const lengthText = useLengthText();
  const start = usePlayPlaylist();
  const { title, description, owner, visibility, kind, playableCount, durationMs } = playlist;
  const length = durationMs > 0 ? lengthText(durationMs) : null;
  const menus = useMenus();
  const me = useQuery(meQuery).data;
  const exports = EXPORTS.map(([format, name]) => ({
    key: format,
    label: t('playlist.export', { format: name }),
    icon: FileOutput,
    run: () => location.assign(`/api/playlists/${playlist.id}/export?format=${format}`),
  }));
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
          <DownloadButton kind="playlist" id={playlist.id} name={title} />
          {me?.id === owner.id && kind === 'smart' && (
            <button
              type="button"
              className="btn btn-line"
              onClick={() => menus?.openDialog({ kind: 'rules', playlist })}
            >
              <ListFilter className="s" />
              {t('playlist.edit.rules')}
            </button>
          )}
          {me?.id === owner.id && <PlaylistSettings playlist={playlist} />}
          <MoreButton subject={{ kind: 'playlist', playlist, own: exports }} />
        </PlayButtons>
      </div>
    </header>
  );
}
