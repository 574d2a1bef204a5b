'use client';
import { useTranslations } from 'next-intl';
import { FAULTS, isFault } from './faults';

interface FaultWordsProps {
  readonly code: string;
  /** The server's own, which are English. */
  readonly words: string;
}

/** What is wrong in the reader's language, and the server's own words where those say more, or are all there is. */
export function FaultWords({ code, words }: FaultWordsProps) {
  const t = useTranslations('faults');
  if (!isFault(code)) return <span lang="en">{words}</span>;
  return (
    <>
      {t(`texts.${code}`)}
      {FAULTS[code].detail && words !== '' && (
        <span className="hint block" lang="en">
          {words}
        </span>
      )}
    </>
  );
}

/** The same in two words, for a badge. */
export function FaultName({ code }: { readonly code: string }) {
  const t = useTranslations('faults');
  return isFault(code) ? t(`names.${code}`) : code;
}
