'use client';
import { useTranslations } from 'next-intl';
import type { SmartRules } from '../api/client';
import { ApiError } from '../api/api-error';
import { creditText } from '../components/credit-text';
import { Cover } from '../components/cover';
import { useLengthText } from '../components/lengths';
import { Name } from '../components/name';
import { RowsSkeleton } from '../components/skeletons';
import { useSmartPreview } from './use-smart-preview';

/** What the rules find, while they are written: how many, how long, and the first of them. */
export function RulePreview({ rules }: { readonly rules: SmartRules | null }) {
  const t = useTranslations('rules');
  const lengthText = useLengthText();
  const { data, error, isStale } = useSmartPreview(rules);
  const text = (): string => {
    if (rules === null) return t('preview.unfinished');
    if (error)
      return t(error instanceof ApiError && error.code === 'RULES_TOO_SLOW' ? 'tooSlow' : 'preview.failed');
    if (!data) return t('preview.looking');
    const { count, matching, durationMs } = data;
    const found = t('preview.found', { count, length: lengthText(durationMs) });
    return matching > count ? [found, t('preview.ofAll', { matching })].join(' ') : found;
  };
  return (
    <section className="rule-preview" aria-label={t('preview.label')} aria-busy={isStale}>
      <h3>{t('preview.label')}</h3>
      <p role="status" className="num">
        {text()}
      </p>
      {data ? (
        <ol data-stale={isStale || undefined} tabIndex={0} aria-label={t('preview.first')}>
          {data.tracks.map((track) => (
            <li key={track.id}>
              <Cover artwork={track.artwork} size={64} />
              <span className="min-w-0">
                <Name>{track.title}</Name>
                <small className="ell">{creditText(track.artists)}</small>
              </span>
            </li>
          ))}
        </ol>
      ) : (
        rules !== null && !error && <RowsSkeleton count={4} heightPx={48} />
      )}
    </section>
  );
}
