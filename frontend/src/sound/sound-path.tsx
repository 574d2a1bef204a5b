'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useState, type ReactNode } from 'react';
import { masterText } from '../library/master-text';
import { useCurrentItem, usePlaybackStatus, usePlayer, useVolume } from '../player/player-context';
import { renditionLabel } from '../player/rendition-label';
import type { SoundReport } from '../player/sound-report';
import { playingQuality } from '../quality/quality-store';

/** With every tick of the player: only the panel that is open asks. */
function useReport(): SoundReport | null {
  const player = usePlayer();
  const [report, setReport] = useState(player.report);
  useEffect(() => player.onTick(() => setReport(player.report)), [player]);
  return report;
}

/** From the file to the ear: what each step makes of the sound that is heard now. */
export function SoundPath() {
  const t = useTranslations('sound');
  const quality = useTranslations('quality.short');
  const { heard, phase } = usePlaybackStatus();
  const { level, muted } = useVolume();
  const track = useCurrentItem()?.track;
  const report = useReport();
  if (!track || phase === 'idle') return <p className="hint">{t('nothing')}</p>;
  const sent = heard && [
    renditionLabel(heard),
    report?.sampleRateHz && t('kiloHertz', { value: report.sampleRateHz / 1000 }),
    report?.measuredKbps && t('measured', { kbps: Math.round(report.measuredKbps) }),
  ];
  const loud = muted ? t('muted') : t('volume', { percent: Math.round(level * 100) });
  return (
    <>
      <dl className="path num">
        <Step name={t('master')}>{masterText(track.master) || t('unknownMaster')}</Step>
        <Step name={t('rendition')}>{sent ? sent.filter(Boolean).join(' · ') : t('original')}</Step>
        <Step name={t('loudness')}>{t('unchanged')}</Step>
        <Step name={t('output')}>{[t('direct'), loud].join(' · ')}</Step>
        {report?.bufferedAheadSeconds != null && (
          <Step name={t('buffer')}>{t('ahead', { seconds: Math.round(report.bufferedAheadSeconds) })}</Step>
        )}
      </dl>
      {report?.codecWaits && (
        <p className="hint" role="status">
          {t('codecWaits', { quality: quality(playingQuality()) })}
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
