'use client';
import { useTranslations } from 'next-intl';
import type { Home } from '../api/client';
import { Cover } from '../components/cover';
import { kanjiNumber } from '../components/kanji-number';
import { notesOf, startsOf } from './week-notes';

/** Drawn for the eye: what it shows stands in words on the page of the week. */
export function WeekStave({ week }: { readonly week: NonNullable<Home['weekly']> }) {
  const t = useTranslations('weekly.movements');
  const notes = notesOf(week.items.map(({ novelty }) => novelty));
  return (
    <div className="week-stave desk" aria-hidden="true">
      <svg className="week-contour" viewBox="0 0 1 1" preserveAspectRatio="none">
        <polyline points={notes.map(({ x, y }) => `${x},${y}`).join(' ')} vectorEffect="non-scaling-stroke" />
      </svg>
      {startsOf(week.items.map(({ movement }) => movement)).map(({ movement, x }) => (
        <span key={movement} className="week-bar" style={{ '--at': x }}>
          <small>
            <i lang="ja">{kanjiNumber(movement)}</i> {t(`${movement}.title`)}
          </small>
        </span>
      ))}
      {week.items.map(({ track }, at) => (
        <span
          key={track.id}
          className="week-note"
          style={{ '--at': notes[at]?.x ?? 0, '--level': notes[at]?.y ?? 0 }}
        >
          <Cover artwork={track.artwork} size={64} />
        </span>
      ))}
    </div>
  );
}
