'use client';
import { useFormatter } from 'next-intl';
import { sizeOf } from './bytes-text';

export function useSizeText(): (bytes: number) => string {
  const format = useFormatter();
  return (bytes) => {
    const { value, unit } = sizeOf(bytes);
    return format.number(value, { style: 'unit', unit, maximumSignificantDigits: 3 });
  };
}
