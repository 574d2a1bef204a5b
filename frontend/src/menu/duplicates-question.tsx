'use client';
import { useTranslations } from 'next-intl';
import { useAddToPlaylist } from '../playlist/use-add-to-playlist';
import type { DialogRequest } from './menu-context';

type Props = Omit<Extract<DialogRequest, { kind: 'duplicates' }>, 'kind'> & { readonly close: () => void };

/** Some of what is to be added stands in the list already: whether it shall stand there twice. */
export function DuplicatesQuestion({ playlist, trackIds, close }: Props) {
  const t = useTranslations('menu.duplicates');
  const add = useAddToPlaylist();
  const answer = (duplicates: 'add' | 'skip') => {
    close();
    void add(playlist, trackIds, duplicates);
  };
  return (
    <>
      <p>{t('text', { count: trackIds.length })}</p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <button type="button" className="btn btn-quiet btn-small" onClick={close}>
          {t('cancel')}
        </button>
        <button type="button" className="btn btn-line btn-small" onClick={() => answer('add')}>
          {t('add')}
        </button>
        {trackIds.length > 1 && (
          <button type="button" className="btn btn-line btn-small" onClick={() => answer('skip')}>
            {t('skip')}
          </button>
        )}
      </div>
    </>
  );
}
