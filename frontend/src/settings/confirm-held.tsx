'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import * as AlertDialog from 'radix-ui/alert-dialog';
import { api } from '../api/client';
import { statusQuery } from '../api/queries';

interface ConfirmHeldProps {
  readonly libraryId: string;
  readonly reason: string;
}

export function ConfirmHeld({ libraryId, reason }: ConfirmHeldProps) {
  const t = useTranslations('settings');
  const queries = useQueryClient();
  const confirm = useMutation({
    mutationFn: () => api.POST('/api/library/confirm', { body: { libraryId } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: statusQuery.queryKey }),
  });
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className="btn btn-line btn-small" disabled={confirm.isPending}>
        {t('confirm')}
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="scrim" />
        <AlertDialog.Content className="dialog pop">
          <AlertDialog.Title>{t('confirmTitle')}</AlertDialog.Title>
          <AlertDialog.Description>
            {reason} {t('confirmText')}
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel className="btn btn-quiet btn-small">{t('cancel')}</AlertDialog.Cancel>
            <AlertDialog.Action className="btn btn-line btn-small" onClick={() => confirm.mutate()}>
              {t('confirm')}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
