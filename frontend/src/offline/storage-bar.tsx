'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { CSSProperties } from 'react';
import { useOfflineState } from './use-offline';
import { useSizeText } from './use-size-text';

const estimateQuery = (kept: number) => ({
  queryKey: ['storage', kept],
  queryFn: () => navigator.storage.estimate(),
  placeholderData: (last: StorageEstimate | undefined) => last,
});

/** How much is kept here, and how much more the browser would let us keep. */
export function StorageBar() {
  const t = useTranslations('downloads');
  const sizeText = useSizeText();
  const { whole } = useOfflineState();
  const kept = [...whole.values()].reduce((sum, size) => sum + size, 0);
  const { data } = useQuery(estimateQuery(kept));
  const quota = data?.quota ?? 0;
  const other = Math.max(0, (data?.usage ?? 0) - kept);
  const free = Math.max(0, quota - kept - other);
  const style: CSSProperties = {
    '--share': quota > 0 ? kept / quota : 0,
    '--at': quota > 0 ? other / quota : 0,
  };
  const text = t('storage', { kept: sizeText(kept), free: sizeText(free) });
  return (
    <div className="storage num">
      <div
        className="storage-bar"
        role="meter"
        aria-label={t('storageLabel')}
        aria-valuemin={0}
        aria-valuemax={quota}
        aria-valuenow={kept}
        aria-valuetext={text}
        style={style}
      >
        {kept > 0 && <span className="storage-kept" />}
        <span className="storage-other" />
      </div>
      <p aria-hidden="true">{text}</p>
    </div>
  );
}
