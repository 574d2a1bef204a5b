'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { api, type LibraryStatus } from '../api/client';
import { meQuery } from '../api/queries';
import { mayCurate } from '../library/rights';

const COUNTS = ['found', 'ready', 'pending', 'rejected', 'missing'] as const;

export function LibraryNumbers({ status }: { readonly status: LibraryStatus }) {
  const t = useTranslations('settings');
  const format = useFormatter();
  const { data: user } = useQuery(meQuery);
  const scan = useMutation({ mutationFn: () => api.POST('/api/library/scan') });
  const { analysing, encoding } = status.work;
  return (
    <>
      <dl className="strip num">
        {COUNTS.map((count) => (
          <div key={count} data-count={count} data-some={status.files[count] > 0 || undefined}>
            <dt>{t(`files.${count}`)}</dt>
            <dd>{format.number(status.files[count])}</dd>
          </div>
        ))}
      </dl>
      {analysing + encoding > 0 && <p className="hint mb-4">{t('working', { analysing, encoding })}</p>}
      {user && mayCurate(user.role) && (
        <button
          type="button"
          className="btn btn-line btn-small"
          disabled={status.scanning || scan.isPending}
          onClick={() => scan.mutate()}
        >
          {status.scanning ? t('scanning') : t('scan')}
        </button>
      )}
    </>
  );
}
