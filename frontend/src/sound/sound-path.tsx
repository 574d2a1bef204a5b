'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useState, type ReactNode } from 'react';
import { masterText } from '../library/master-text';
import { useCurrentItem, usePlaybackStatus, usePlayer, useVolume } from '../player/player-context';
import { renditionLabel } from '../player/rendition-label';
import type { SoundReport } from '../player/sound-report';
import type { DeskReport } from './sound-desk';
import { playingQuality } from '../quality/quality-store';

interface Reports {
  readonly report: SoundReport | null;
  readonly desk: DeskReport | null;
}

/** With a true minus. */
const signed = (db: number): string => `${db < 0 ? '−' : db > 0 ? '+' : ''}${Math.abs(db).toFixed(1)}`;

/** With every tick of the player: only the panel that is open asks. */
function useReports(): Reports {
  const player = usePlayer();
  const read = (): Reports => ({ report: player.report, desk: player.deskReport });
  const [reports, setReports] = useState(read);
  useEffect(
    () => player.onTick(() => setReports({ report: player.report, desk: player.deskReport })),
    [player],
  );
  return reports;
}

/** From the file to the ear: what each step makes of the sound that is heard now. */
export function SoundPath() {
  const t = useTranslations('sound');
  const quality = useTranslations('quality');
  const { heard, phase } = usePlaybackStatus();
  const { level, muted } = useVolume();
  const track = useCurrentItem()?.track;
  const { report, desk } = useReports();
  if (!track || phase === 'idle') return <p className="hint">{t('nothing')}</p>;
  const sent = heard && [
    renditionLabel(heard),
    report?.sampleRateHz && t('kiloHertz', { value: report.sampleRateHz / 1000 }),
    report?.measuredKbps && t('measured', { kbps: Math.round(report.measuredKbps) }),
  ];
  const gain =
    desk && desk.gainKind !== 'off'
      ? t(`gained.${desk.gainKind}`, { gain: signed(desk.gainDb) })
      : t('unchanged');
  const way = desk?.contextRateHz ? t('throughWebAudio', { value: desk.contextRateHz / 1000 }) : t('direct');
  const loud = muted ? t('muted') : t('volume', { percent: Math.round(level * 100) });
  return (
    <>
      <dl className="path num">
        <Step name={t('master')}>{masterText(track.master) || t('unknownMaster')}</Step>
        <Step name={t('rendition')}>{sent ? sent.filter(Boolean).join(' · ') : t('original')}</Step>
        <Step name={t('loudness')}>{gain}</Step>
        <Step name={t('output')}>{[way, loud].join(' · ')}</Step>
        {report?.bufferedAheadSeconds != null && (
          <Step name={t('buffer')}>{t('ahead', { seconds: Math.round(report.bufferedAheadSeconds) })}</Step>
        )}
      </dl>
      {report?.codecWaits && (
        <p className="hint" role="status">
          {t('codecWaits', { quality: quality(`short.${playingQuality()}`) })}
        </p>
      )}
    </>
  );
}

function Step({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
