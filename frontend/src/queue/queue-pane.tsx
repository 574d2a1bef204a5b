'use client';
import { AudioLines, ListChecks, ListPlus, ListX, X } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useRef, useState, type RefObject } from 'react';
import { Cover } from '../components/cover';
import { creditText } from '../components/credit-text';
import { IconButton } from '../components/icon-button';
import { useLengthText } from '../components/lengths';
import { Name } from '../components/name';
import { useFrame } from '../frame/frame-context';
import { dropHandlers } from '../menu/dragged';
import { MoreButton } from '../menu/more-button';
import { useOpenDialog } from '../menu/menu-context';
import type { Subject } from '../menu/subject';
import { sourceOf, tracksOf } from '../menu/subject-tracks';
import { useMenuTarget } from '../menu/use-menu-target';
import { usePlayer, useQueueState } from '../player/player-context';
import { currentItem, upcomingItems, type QueueItem, type QueueSource } from '../player/queue-reducer';
import { SeekBar } from '../player/seek-bar';
import { Transport } from '../player/transport';
import { HeardList } from './heard-list';
import { SourceName } from './source-name';
import { UpcomingList } from './upcoming-list';
import { useQueueActs } from './use-queue-acts';

export function QueuePane() {
  const t = useTranslations('queue');
  const { closeSheet, sheetOpen } = useFrame();
  const state = useQueueState();
  const [choosing, setChoosing] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const queries = useQueryClient();
  const { queue } = usePlayer();
  const takeIn = (subject: Subject) =>
    void tracksOf(subject, queries).then(
      (tracks) => queue.dispatch({ type: 'add', tracks, source: sourceOf(subject) }),
      () => undefined,
    );
  return (
    <>
      <div className="side-head">
        <h2>{t('title')}</h2>
        <span className="ml-auto" />
        {state.kind === 'active' && (
          <Heads choosing={choosing} toggleChoosing={() => setChoosing(!choosing)} items={state.items} />
        )}
        <IconButton label={t('close')} className="sheet-only" onClick={closeSheet}>
          <X />
        </IconButton>
      </div>
      <div ref={scroller} className="queue" {...dropHandlers(takeIn)}>
        <HeardList />
        {state.kind === 'empty' ? (
          <EmptyQueue />
        ) : (
          <FilledQueue
            source={state.source}
            choosing={choosing}
            endChoosing={() => setChoosing(false)}
            scroller={scroller}
          />
        )}
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

interface HeadsProps {
  readonly items: readonly QueueItem[];
  readonly choosing: boolean;
  readonly toggleChoosing: () => void;
}

function Heads({ items, choosing, toggleChoosing }: HeadsProps) {
  const t = useTranslations('queue');
  const format = useFormatter();
  const openDialog = useOpenDialog();
  const acts = useQueueActs();
  const hasNext = acts.order().length > 0;
  const save = () => {
    const tracks = items.map(({ track }) => track);
    const name = t('saveName', { day: format.dateTime(new Date(), { day: 'numeric', month: 'long' }) });
    openDialog({ kind: 'pick', subject: { kind: 'tracks', tracks, source: { kind: 'library' }, name } });
  };
  return (
    <>
      <IconButton label={t('select')} aria-pressed={choosing} disabled={!hasNext} onClick={toggleChoosing}>
        <ListChecks />
      </IconButton>
      <IconButton label={t('save')} onClick={save}>
        <ListPlus />
      </IconButton>
      <IconButton label={t('clear')} disabled={!hasNext} onClick={() => acts.remove(new Set(acts.order()))}>
        <ListX />
      </IconButton>
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

interface FilledQueueProps {
  readonly source: QueueSource;
  readonly choosing: boolean;
  readonly endChoosing: () => void;
  readonly scroller: RefObject<HTMLElement | null>;
}

function FilledQueue({ source, ...rest }: FilledQueueProps) {
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
      {current && <NowRow item={current} source={source} />}
      <div className="queue-head">
        <span>{t('next')}</span>
        {next.length > 0 && (
          <span className="num">
            {t('length', { tracks: tracks('tracks', { count: next.length }), time: lengthText(lengthMs) })}
          </span>
        )}
      </div>
      {next.length === 0 ? (
        <p className="hint">{t('end')}</p>
      ) : (
        <UpcomingList items={next} source={source} {...rest} />
      )}
    </>
  );
}

function NowRow({ item: { track }, source }: { readonly item: QueueItem; readonly source: QueueSource }) {
  const subject = { kind: 'track', track, source } as const;
  const target = useMenuTarget(subject);
  return (
    <div className="queue-row" data-now aria-current="true" {...target}>
      <Cover artwork={track.artwork} size={64} />
      <span className="min-w-0">
        <b className="ell">
          <Name className="">{track.title}</Name>
        </b>
        <span className="by ell">{creditText(track.artists)}</span>
      </span>
      <MoreButton subject={subject} small />
      <span className="num">
        <AudioLines className="s" />
      </span>
    </div>
  );
}
