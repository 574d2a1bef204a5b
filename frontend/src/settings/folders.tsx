'use client';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { LibraryStatus } from '../api/client';
import { meQuery } from '../api/queries';
import { useMoment } from '../components/use-moment';
import { mayAdminister } from '../library/rights';
import { FaultWords } from '../server-words/fault-words';

const ConfirmHeld = dynamic(() => import('./confirm-held').then((file) => file.ConfirmHeld), { ssr: false });

type Folder = LibraryStatus['libraries'][number];

export function Folders({ libraries }: { readonly libraries: LibraryStatus['libraries'] }) {
  return (
    <ul className="ledger">
      {libraries.map((folder) => (
        <FolderRow key={folder.id} folder={folder} />
      ))}
    </ul>
  );
}

function FolderRow({ folder }: { readonly folder: Folder }) {
  const t = useTranslations('settings');
  const moment = useMoment();
  const { data: user } = useQuery(meQuery);
  const admin = user !== undefined && mayAdminister(user.role);
  const scanned = folder.lastScannedAt;
  const when = scanned && moment(scanned);
  return (
    <li>
      <div className="min-w-0">
        <b>{folder.name}</b> {folder.held && <span className="badge badge-warn">{t('held')}</span>}
        <p>{folder.path}</p>
        {folder.held ? (
          <p className="text-text-1!">
            <FaultWords code={folder.held.code} words={folder.held.reason} /> {!admin && t('askAdmin')}
          </p>
        ) : (
          <p className="hint">{when ? t('lastScan', { when }) : t('neverScanned')}</p>
        )}
      </div>
      {folder.held && admin && <ConfirmHeld libraryId={folder.id} held={folder.held} />}
    </li>
  );
}
