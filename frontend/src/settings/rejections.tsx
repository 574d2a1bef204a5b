'use client';
import { useTranslations } from 'next-intl';
import type { LibraryStatus } from '../api/client';

const SHOWN = 200;

export function Rejections({ status }: { readonly status: LibraryStatus }) {
  const t = useTranslations('settings');
  const { rejections, files } = status;
  if (rejections.length === 0) return <p className="hint">{t('rejectionsNone')}</p>;
  const shown = rejections.slice(0, SHOWN);
  return (
    <>
      <ul className="ledger">
        {shown.map((file) => (
          <li key={file.path}>
            <div className="min-w-0">
              <b className="break-words">{file.path}</b>
              <p>{file.reason}</p>
            </div>
            <span className="badge badge-danger" title={file.code}>
              {file.code.toLowerCase().replaceAll('_', ' ')}
            </span>
          </li>
        ))}
      </ul>
      {files.rejected > shown.length && (
        <p className="hint mt-3">{t('moreRejections', { count: files.rejected - shown.length })}</p>
      )}
    </>
  );
}
