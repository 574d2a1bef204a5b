'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api, body } from '../api/client';
import { QueryProblem } from '../components/query-problem';
import { SecretOnce } from '../components/secret-once';
import { useMoment } from '../components/use-moment';
import { invitationsQuery } from './account-queries';
import { RoleSelect, type Role } from './role-select';

export function Invitations() {
  const t = useTranslations('people');
  const names = useTranslations('settings');
  const moment = useMoment();
  const queries = useQueryClient();
  const [role, setRole] = useState<Role>('listener');
  const [link, setLink] = useState<string | null>(null);
  const invitations = useQuery(invitationsQuery);
  const refresh = () => queries.invalidateQueries({ queryKey: invitationsQuery.queryKey });
  const invite = useMutation({
    mutationFn: () => body(api.POST('/api/invitations', { body: { role, note: '', expiresInDays: 7 } })),
    onSuccess: ({ token }) => {
      setLink(`${location.origin}/join#${token}`);
      void refresh();
    },
  });
  const withdraw = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/invitations/{id}', { params: { path: { id } } }),
    onSuccess: () => (setLink(null), refresh()),
  });
  if (invitations.error && !invitations.data)
    return <QueryProblem error={invitations.error} retry={invitations.refetch} />;
  const open = invitations.data?.items.filter(({ usedAt }) => usedAt === null) ?? [];
  return (
    <>
      {open.length > 0 && (
        <ul className="ledger mb-4">
          {open.map((each) => (
            <li key={each.id}>
              <div className="min-w-0">
                <b>{names(`roles.${each.role}`)}</b>
                <p>{t('goodUntil', { when: moment(each.expiresAt) })}</p>
              </div>
              <button
                type="button"
                className="btn btn-line btn-small"
                disabled={withdraw.isPending}
                onClick={() => withdraw.mutate(each.id)}
              >
                {t('withdraw')}
              </button>
            </li>
          ))}
        </ul>
      )}
      {link !== null && <SecretOnce secret={link} said={t('linkOnce')} />}
      <div className="acts">
        <RoleSelect label={t('inviteAs')} value={role} onChange={setRole} />
        <button
          type="button"
          className="btn btn-line btn-small"
          disabled={invite.isPending}
          onClick={() => invite.mutate()}
        >
          {t('invite')}
        </button>
      </div>
    </>
  );
}
