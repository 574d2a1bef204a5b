'use client';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { notify } from '../notices/notices';
import { openKeeper } from '../offline/keeper-store';
import type { CollectionKind } from '../offline/kept';

type Keep = (kind: CollectionKind, id: string, name: string) => Promise<void>;

/** Keeps something for the time without a network, or takes that back; the menu is gone by then, so a notice tells. */
export function useKeepOffline(): Keep {
  const t = useTranslations('menu');
  const router = useRouter();
  const keep: Keep = async (kind, id, name) => {
    try {
      const keeper = await openKeeper();
      const isKept = keeper.library.collections.some((each) => each.kind === kind && each.id === id);
      if (isKept) {
        await keeper.drop(kind, id);
        notify({
          text: t('dropped', { name }),
          action: { label: t('undo'), run: () => void keep(kind, id, name) },
        });
        return;
      }
      await keeper.keep(kind, id);
      notify({
        text: t('kept', { name }),
        action: { label: t('toDownloads'), run: () => router.push('/downloads') },
      });
    } catch {
      notify({ text: t('notKept', { name }) });
    }
  };
  return keep;
}
