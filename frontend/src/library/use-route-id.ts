'use client';
import { usePathname } from 'next/navigation';

/** The exported page knows only its placeholder `_`; the address that the browser shows has the real id. */
export function useRouteId(): string {
  const id = usePathname().split('/')[2] ?? '';
  return id === '_' ? '' : decodeURIComponent(id);
}
