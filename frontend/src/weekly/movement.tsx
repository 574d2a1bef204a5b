'use client';
import { useTranslations } from 'next-intl';
import type { Weekly } from '../api/client';
import { kanjiNumber } from '../components/kanji-number';
import { toneOf } from './stops';
import { WeeklyRow } from './weekly-row';

interface MovementProps {
  readonly weekly: Weekly;
  readonly movement: 1 | 2 | 3;
}

export function Movement({ weekly, movement }: MovementProps) {
  const t = useTranslations('weekly.movements');
  const items = weekly.items.filter((item) => item.movement === movement);
  if (items.length === 0) return null;
  return (
    <section aria-label={t(`${movement}.title`)}>
      <header className="week-movement" data-tone={toneOf(movement)}>
        <span className="stave-cell" aria-hidden="true" />
        <div>
          <span className="week-number" lang="ja" aria-hidden="true">
            {kanjiNumber(movement)}
          </span>
          <h2>{t(`${movement}.title`)}</h2>
          <p>{t(`${movement}.count`, { count: items.length })}</p>
        </div>
      </header>
      <ol>
        {items.map((item) => (
          <WeeklyRow key={item.track.id} weekly={weekly} item={item} />
        ))}
      </ol>
    </section>
  );
}
