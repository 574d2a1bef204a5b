'use client';
import { ChevronDown, Play } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useId, useState, type CSSProperties } from 'react';
import type { Artwork } from '../api/client';
import { ConfirmButton } from '../components/confirm-button';
import { IconButton } from '../components/icon-button';
import { Name } from '../components/name';
import { creditText } from '../components/credit-text';
import { PlaylistCover } from '../playlist/playlist-cover';
import { TrackLine } from '../library/track-line';
import { usePlayer } from '../player/player-context';
import type { QueueSource } from '../player/queue-reducer';
import type { Collection } from './kept';
import { useDownload } from './use-download';
import { useOfflineState, useOnline } from './use-offline';
import { useSizeText } from './use-size-text';

const sourceOf = ({ kind, id, title }: Collection): QueueSource =>
  kind === 'album' || kind === 'playlist' ? { kind, id, name: title } : { kind: 'likes' };

const addressOf = ({ kind, id, tracks }: Collection): string => {
  if (kind === 'album') return `/albums/${id}`;
  if (kind === 'playlist') return `/playlists/${id}`;
  return kind === 'likes' ? '/library?view=liked' : `/albums/${tracks[0]?.album.id ?? ''}`;
};

/** The pictures of what is in it, each once: they are kept along with its tracks. */
const coversOf = (tracks: Collection['tracks']): Artwork[] => {
  const covers = tracks.flatMap(({ artwork }) => artwork ?? []);
  return covers.filter(({ id }, at) => covers.findIndex((other) => other.id === id) === at);
};

/** One thing that was wished for: how much of it is there, its tracks, and the one way out. */
export function KeptCollection({ collection }: { readonly collection: Collection }) {
  const t = useTranslations('downloads');
  const sizeText = useSizeText();
  const { queue } = usePlayer();
  const online = useOnline();
  const { whole } = useOfflineState();
  const { there, of, state, drop } = useDownload(collection.kind, collection.id);
  const [open, setOpen] = useState(false);
  const listId = useId();
  const { kind, tracks } = collection;
  const title = kind === 'likes' ? t('likes') : collection.title;
  const bytes = tracks.reduce((sum, { id }) => sum + (whole.get(id) ?? 0), 0);
  const playable = online ? tracks : tracks.filter(({ id }) => whole.has(id));
  const source = sourceOf(collection);
  const size =
    state === 'there'
      ? kind === 'track'
        ? sizeText(bytes)
        : t('row', { count: of, size: sizeText(bytes) })
      : t('rowComing', { there, of });
  const by = kind === 'album' || kind === 'track' ? creditText(tracks[0]?.artists ?? []) : '';
  const about = [kind === 'likes' ? '' : t(`kinds.${kind}`), by, size].filter(Boolean).join(' · ');
  const style: CSSProperties = { '--share': of > 0 ? there / of : 0 };
  return (
    <li className="kept-row" data-open={open || undefined}>
      <div className="kept-head">
        <PlaylistCover playlist={{ artwork: null, covers: coversOf(tracks) }} size={128} />
        <div className="min-w-0">
          <Link className="linked" href={addressOf(collection)} prefetch={false} title={title}>
            <Name>{title}</Name>
          </Link>
          <p className="hint num">{about}</p>
          {state === 'coming' && (
            <div className="progress-rail" style={style} aria-hidden="true">
              <span />
            </div>
          )}
        </div>
        <IconButton
          label={t('play', { name: title })}
          disabled={playable.length === 0}
          onClick={() => queue.dispatch({ type: 'play', tracks: playable, startAt: 0, source })}
        >
          <Play className="fill" />
        </IconButton>
        <IconButton
          label={open ? t('fold', { name: title }) : t('unfold', { name: title })}
          aria-expanded={open}
          aria-controls={listId}
          onClick={() => setOpen(!open)}
        >
          <ChevronDown />
        </IconButton>
        <ConfirmButton
          label={t('remove')}
          named={t('removeNamed', { name: title })}
          title={t('removeTitle', { name: title })}
          text={t('removeText')}
          cancel={t('keepIt')}
          onConfirm={drop}
        />
      </div>
      {open && (
        <ol id={listId} className="arrivals arrivals-one">
          {tracks.map((track, at) => (
            <TrackLine key={`${track.id} ${at}`} tracks={tracks} at={at} source={source} />
          ))}
        </ol>
      )}
    </li>
  );
}
