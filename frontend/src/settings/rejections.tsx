'use client';
import { useTranslations } from 'next-intl';
import type { LibraryStatus } from '../api/client';
import { FaultName, FaultWords } from '../server-words/fault-words';

const SHOWN = 200;

/** What Kanade was given and could not take: folders that it may not open first, for each may hide many files. */
export function Rejections({ status }: { readonly status: LibraryStatus }) {
  const t = useTranslations('settings');
  const { rejections, unreadable, warnings, files } = status;
  const all = [...unreadable, ...warnings, ...rejections];
  if (all.length === 0) return <p className="hint">{t('rejectionsNone')}</p>;
  const shown = all.slice(0, SHOWN);
  const more = files.rejected + unreadable.length + warnings.length - shown.length;
  return (
    <>
      <ul className="ledger">
        {shown.map((item) => (
          <li key={`${item.code} ${item.path}`}>
            <div className="min-w-0">
              <b className="break-words">{item.path}</b>
              <p>
                <FaultWords code={item.code} words={item.reason} />
              </p>
            </div>
            <span className="badge badge-danger" title={item.code}>
              <FaultName code={item.code} />
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="hint mt-3">{t('moreRejections', { count: more })}</p>}
    </>
  );
}
