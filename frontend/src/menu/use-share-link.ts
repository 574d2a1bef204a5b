'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { api, body } from '../api/client';
import { notify } from '../notices/notices';
import { useOpenDialog } from './menu-context';
import type { ShareKind } from './menu-entries';

/** Makes a link, and puts it where it can be pasted; where the browser does not let it, the link is shown. */
export function useShareLink(): (kind: ShareKind, id: string) => Promise<void> {
  const t = useTranslations('menu');
  const format = useFormatter();
  const queries = useQueryClient();
  const openDialog = useOpenDialog();
  return async (kind, id) => {
    try {
      const share = await body(
        api.POST('/api/shares', { body: { kind, id, people: [], note: '', expiresInDays: 30 } }),
      );
      void queries.invalidateQueries({ queryKey: ['shares'] });
      const link = `${location.origin}/share#${share.token ?? ''}`;
      const until = format.dateTime(new Date(share.expiresAt), { dateStyle: 'long' });
      const copied = await copy(link);
      if (copied) notify({ text: t('linkCopied', { until }) });
      else openDialog({ kind: 'link', link, until });
    } catch {
      notify({ text: t('notShared') });
    }
  };
}

/** There is no clipboard without a secure context, and none for a page that is not looked at. */
const copy = async (text: string): Promise<boolean> => {
  if (!('clipboard' in navigator)) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
};
