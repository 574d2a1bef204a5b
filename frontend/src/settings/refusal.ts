import { useTranslations } from 'next-intl';
import { ApiError, isStatus } from '../api/api-error';
import { useRefusalWords } from '../server-words/use-refusal-words';

/** In words, why the server refused what was asked together with one's own password; empty when it did not. */
export function useRefusal(): (error: unknown) => string {
  const t = useTranslations('ownAccount');
  const wordsOf = useRefusalWords();
  return (error) => {
    if (isStatus(error, 403)) return t('wrongPassword');
    if (isStatus(error, 429)) return t('tooMany');
    return error instanceof ApiError ? t('refused', { reason: wordsOf(error) }) : '';
  };
}
