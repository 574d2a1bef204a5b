'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '../api/client';
import { QueryProblem } from '../components/query-problem';
import { useMoment } from '../components/use-moment';
import { devicesQuery } from './account-queries';
import { deviceNameOf } from './device-name';

export function Devices() {
  const t = useTranslations('ownAccount');
  const moment = useMoment();
  const queries = useQueryClient();
  const devices = useQuery(devicesQuery);
  const onSuccess = () => queries.invalidateQueries({ queryKey: devicesQuery.queryKey });
  const end = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/me/devices/{id}', { params: { path: { id } } }),
    onSuccess,
  });
  const endOthers = useMutation({ mutationFn: () => api.DELETE('/api/me/devices'), onSuccess });
  if (devices.error && !devices.data) return <QueryProblem error={devices.error} retry={devices.refetch} />;
  const items = devices.data?.items ?? [];
  return (
    <>
      <ul className="ledger">
        {items.map(({ id, userAgent, lastSeenAt, signedInAt, current }) => {
          const { program, system } = deviceNameOf(userAgent);
          const name = t('device', { program: program || t('unknownProgram'), system: system ?? 'none' });
          return (
            <li key={id}>
              <div className="min-w-0">
                <b title={userAgent}>{name}</b>{' '}
                {current && <span className="badge badge-ok">{t('here')}</span>}
                <p>{t('seen', { seen: moment(lastSeenAt), since: moment(signedInAt) })}</p>
              </div>
              {!current && (
                <button
                  type="button"
                  className="btn btn-line btn-small"
                  aria-label={t('endNamed', { name })}
                  disabled={end.isPending}
                  onClick={() => end.mutate(id)}
                >
                  {t('end')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {items.length > 1 && (
        <button
          type="button"
          className="btn btn-line btn-small mt-4"
          disabled={endOthers.isPending}
          onClick={() => endOthers.mutate()}
        >
          {t('endOthers')}
        </button>
      )}
    </>
  );
}
