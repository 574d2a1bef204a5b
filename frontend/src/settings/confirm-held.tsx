'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '../api/client';
import { statusQuery } from '../api/queries';
import { ConfirmButton } from '../components/confirm-button';
import { FaultWords } from '../server-words/fault-words';

interface ConfirmHeldProps {
  readonly libraryId: string;
  readonly held: { readonly code: string; readonly reason: string };
}

export function ConfirmHeld({ libraryId, held }: ConfirmHeldProps) {
  const t = useTranslations('settings');
  const queries = useQueryClient();
  const confirm = useMutation({
    mutationFn: () => api.POST('/api/library/confirm', { body: { libraryId } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: statusQuery.queryKey }),
  });
  return (
    <ConfirmButton
      label={t('confirm')}
      title={t('confirmTitle')}
      text={
        <>
          <FaultWords code={held.code} words={held.reason} /> {t('confirmText')}
        </>
      }
      cancel={t('cancel')}
      disabled={confirm.isPending}
      onConfirm={() => confirm.mutate()}
    />
  );
}
