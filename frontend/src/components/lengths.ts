'use client';
import { useTranslations } from 'next-intl';
import { wholeMinutes } from '../player/time-text';

export function useLengthText(): (ms: number) => string {
  const t = useTranslations('common');
  return (ms) => {
    const { hours, minutes } = wholeMinutes(ms);
    return hours > 0 ? t('hoursMinutes', { hours, minutes }) : t('minutes', { count: minutes });
  };
}
