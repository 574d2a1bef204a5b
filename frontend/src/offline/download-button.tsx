'use client';
import { ArrowDownToLine, Check } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { CSSProperties } from 'react';
import type { CollectionKind } from './kept';
import { useDownload } from './use-download';

interface DownloadButtonProps {
  readonly kind: CollectionKind;
  readonly id: string;
  readonly name: string;
  /** With words beside the icon. */
  readonly worded?: boolean;
}

/** Keeps something for the time without a network; what is kept already leads to where it can be removed. */
export function DownloadButton({ kind, id, name, worded = false }: DownloadButtonProps) {
  const t = useTranslations('downloads');
  const { state, there, of, possible, failed, keep } = useDownload(kind, id);
  const look = worded ? 'btn btn-line btn-small' : 'ib';
  if (state !== 'none' || !possible) {
    const label = !possible
      ? t('notHere', { name })
      : state === 'there'
        ? t('isThere', { name })
        : t('isComing', { name, there, of });
    const style: CSSProperties = { '--share': of > 0 ? there / of : 0 };
    return (
      <Link
        className={`${look} kept kept-${possible ? state : 'not'}`}
        href="/downloads"
        title={label}
        style={style}
      >
        {state === 'there' ? <Check /> : <ArrowDownToLine />}
        <span className={worded ? '' : 'sr-only'}>{label}</span>
      </Link>
    );
  }
  return (
    <>
      <button type="button" className={look} title={t('keep', { name })} onClick={keep}>
        <ArrowDownToLine />
        <span className={worded ? '' : 'sr-only'}>
          {kind === 'likes' ? t('keepLikes') : t('keep', { name })}
        </span>
      </button>
      {failed && (
        <span className="hint" role="alert">
          {t('failed', { name })}
        </span>
      )}
    </>
  );
}
