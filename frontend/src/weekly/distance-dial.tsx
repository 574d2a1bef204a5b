'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useId } from 'react';
import { api, type Weekly } from '../api/client';
import { tasteQuery } from '../api/queries';
import { nextMonday } from './issue-number';
import { STOPS, stacksOf, stopOf, type Stop } from './stops';

/** How far the next list goes: five stops, and over them where the notes of this one stand. */
export function DistanceDial({ weekly }: { readonly weekly: Weekly }) {
  const t = useTranslations('weekly.dial');
  const format = useFormatter();
  const name = useId();
  const queries = useQueryClient();
  const taste = useQuery(tasteQuery).data;
  const change = useMutation({
    scope: { id: 'taste' },
    mutationFn: (adventure: Stop) => api.PATCH('/api/me/taste', { body: { adventure } }),
    onMutate: (adventure) =>
      queries.setQueryData(tasteQuery.queryKey, (old) => (old ? { ...old, adventure } : old)),
    onSettled: () => queries.invalidateQueries(tasteQuery),
  });
  const at = stopOf(taste?.adventure ?? 0);
  const stacks = stacksOf(weekly.items.map(({ novelty }) => novelty));
  const [near, middle, far] = [1, 2, 3].map(
    (movement) => weekly.items.filter((item) => item.movement === movement).length,
  );
  const monday = format.dateTime(new Date(`${nextMonday(weekly.week)}T00:00:00Z`), {
    ...{ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' },
  });
  return (
    <section className="dial" aria-labelledby={name}>
      <h2 id={name}>{t('title')}</h2>
      <div className="dial-stops">
        {stacks.map((count, stop) => (
          <span key={stop} className="dial-stop" style={{ '--at': stop / 4 }} data-tone={TONES[stop]}>
            <span className="dial-stack" aria-hidden="true">
              {Array.from({ length: Math.min(count, MOST_NOTES) }, (_, note) => (
                <i key={note} />
              ))}
            </span>
            <span className="dial-count num" aria-hidden="true">
              {count}
            </span>
          </span>
        ))}
        <input
          type="range"
          className="dial-range"
          min={STOPS[0]}
          max={STOPS.at(-1)}
          step={1}
          value={at}
          disabled={!taste}
          aria-labelledby={name}
          aria-valuetext={t(`stops.${NAMES[at]}`)}
          onChange={({ target }) => change.mutate(stopOf(Number(target.value)))}
        />
      </div>
      <p className="dial-ends" aria-hidden="true">
        <b data-tone="near">{t('familiar')}</b>
        <b data-tone="far">{t('new')}</b>
      </p>
      <p className="dial-now">
        {t('now', { near: near ?? 0, middle: middle ?? 0, far: far ?? 0 })} {t('changes', { monday })}
      </p>
      {change.isError && <p role="alert">{t('failed')}</p>}
    </section>
  );
}

const NAMES = {
  [-2]: 'nearest',
  [-1]: 'near',
  0: 'middle',
  1: 'far',
  2: 'farthest',
} as const satisfies Record<Stop, string>;
const TONES = ['near', 'near', 'middle', 'far', 'far'] as const;
/** What fits over a stop. */
const MOST_NOTES = 8;
