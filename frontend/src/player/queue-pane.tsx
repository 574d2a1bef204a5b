'use client';
import { AudioLines, ListX, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Cover } from '../components/cover';
import { creditText } from '../components/credit-text';
import { IconButton } from '../components/icon-button';
import { languageOf } from '../components/language-of';
import { useLengthText } from '../components/lengths';
import { Name } from '../components/name';
import { useFrame } from '../frame/frame-context';
import { usePlayer, useQueueState } from './player-context';
import { currentItem, upcomingItems, type QueueItem, type QueueSource } from './queue-reducer';
import { SeekBar } from './seek-bar';
import { clock } from './time-text';
import { Transport } from './transport';

/** Beyond this the list is counted, not drawn. */
const SHOWN = 100;

export function QueuePane() {
  const t = useTranslations('queue');
  const player = usePlayer();
  const { closeSheet, sheetOpen } = useFrame();
  const state = useQueueState();
  return (
    <>
      <div className="side-head">
        <h2>{t('title')}</h2>
        <span className="ml-auto" />
        {state.kind === 'active' && (
          <IconButton label={t('clear')} onClick={() => player.queue.dispatch({ type: 'clear' })}>
            <ListX />
          </IconButton>
        )}
        <IconButton label={t('close')} className="sheet-only" onClick={closeSheet}>
          <X />
        </IconButton>
      </div>
      <div className="queue">
        {state.kind === 'empty' ? <EmptyQueue /> : <FilledQueue source={state.source} />}
      </div>
      {sheetOpen && (
        <div className="queue-transport">
          <SeekBar />
          <Transport />
        </div>
      )}
    </>
  );
}

function EmptyQueue() {
  const t = useTranslations('queue');
  return (
    <>
      <p className="font-semibold text-[14px]">{t('empty')}</p>
      <p className="hint">{t('emptyText')}</p>
    </>
  );
}

function FilledQueue({ source }: { readonly source: QueueSource }) {
  const t = useTranslations('queue');
  const tracks = useTranslations('common');
  const lengthText = useLengthText();
  const state = useQueueState();
  const current = currentItem(state);
  const next = upcomingItems(state);
  const lengthMs = next.reduce((sum, item) => sum + (item.track.durationMs ?? 0), 0);
  return (
    <>
      <p className="queue-head">
        <SourceName source={source} />
      </p>
      {current && <QueueRow item={current} now />}
      <div className="queue-head">
        <span>{t('next')}</span>
        {next.length > 0 && (
          <span className="num">
            {t('length', { tracks: tracks('tracks', { count: next.length }), time: lengthText(lengthMs) })}
          </span>
        )}
      </div>
      {next.length === 0 && <p className="hint">{t('end')}</p>}
      <ol>
        {next.slice(0, SHOWN).map((item) => (
          <li key={item.key}>
            <QueueRow item={item} />
          </li>
        ))}
      </ol>
      {next.length > SHOWN && <p className="queue-head">{t('more', { count: next.length - SHOWN })}</p>}
    </>
  );
}

function SourceName({ source }: { readonly source: QueueSource }) {
  const t = useTranslations('queue');
  switch (source.kind) {
    case 'album':
    case 'artist':
    case 'playlist':
      return <span lang={languageOf(source.name)}>{t('from', { name: source.name })}</span>;
    case 'library':
      return t('fromLibrary');
    case 'search':
      return t('fromSearch');
    case 'home':
      return t('fromHome');
    case 'likes':
      return t('fromLikes');
    case 'history':
      return t('fromHistory');
  }
}

function QueueRow({ item, now = false }: { readonly item: QueueItem; readonly now?: boolean }) {
  const t = useTranslations('queue');
  const player = usePlayer();
  const { track, key } = item;
  const words = (
    <>
      <b className="ell">
        <Name className="">{track.title}</Name>
      </b>
      <span className="by ell">{creditText(track.artists)}</span>
    </>
  );
  return (
    <div className="queue-row" data-now={now || undefined} aria-current={now || undefined}>
      <Cover artwork={track.artwork} size={64} />
      {now ? (
        <span className="min-w-0">{words}</span>
      ) : (
        <button
          type="button"
          className="jump min-w-0 text-left"
          aria-label={t('jump', { title: track.title })}
          onClick={() => player.queue.dispatch({ type: 'jump', key })}
        >
          {words}
        </button>
      )}
      {!now && (
        <IconButton
          small
          label={t('remove', { title: track.title })}
          onClick={() => player.queue.dispatch({ type: 'remove', keys: [key] })}
        >
          <X className="s" />
        </IconButton>
      )}
      <span className="num">{now ? <AudioLines className="s" /> : clock(track.durationMs)}</span>
    </div>
  );
}
