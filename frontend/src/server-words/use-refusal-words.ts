'use client';
import { useTranslations } from 'next-intl';
import { ApiError } from '../api/api-error';
import { refusalOf } from './faults';

/** Why the server did not accept something, in the reader's language where the page knows the reason. */
export function useRefusalWords(): (error: unknown) => string {
  const t = useTranslations('refusals');
  return (error) => {
    const known = error instanceof ApiError ? refusalOf(error.code) : null;
    if (known) return t(known);
    return error instanceof ApiError ? error.message : t('UNKNOWN');
  };
}
