'use client';
import { useMutation } from '@tanstack/react-query';
import { ListPlus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { api, body, type Weekly } from '../api/client';
import { kanjiNumber } from '../components/kanji-number';
import { PlayActions } from '../library/play-actions';
import { issueNumber } from './issue-number';

export function WeeklyHead({ weekly }: { readonly weekly: Weekly }) {
  const t = useTranslations('weekly');
  const router = useRouter();
  const number = issueNumber(weekly.week);
  const kanji = kanjiNumber(number);
  const spoken = useLocale() === 'ja' ? kanji : String(number);
  const count = weekly.items.length;
  const save = useMutation({
    mutationFn: () => {
      const wish = { week: weekly.week, title: t('playlistTitle', { number: spoken }) };
      return body(api.POST('/api/recommendations/discover-weekly/playlist', { body: wish }));
    },
    onSuccess: ({ id }) => router.push(`/playlists/${id}`),
  });
  return (
    <>
      <div className="obi-sheet" lang="ja" aria-hidden="true">
        <span>{t('obi')}</span>
        <small>{t('obiNumber', { number: kanji })}</small>
      </div>
      <div className="week-words">
        <h1>{t('heading', { number: spoken })}</h1>
        <p className="lede">{t('lede', { count })}</p>
        <PlayActions tracks={weekly.items.map(({ track }) => track)} source={{ kind: 'discoverWeekly' }}>
          <button
            type="button"
            className="btn btn-line"
            disabled={save.isPending}
            onClick={() => save.mutate()}
          >
            <ListPlus className="s" />
            {t('save')}
          </button>
        </PlayActions>
        {save.isError && <p role="alert">{t('failed')}</p>}
      </div>
    </>
  );
}
