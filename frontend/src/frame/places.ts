import { AudioLines, House, Library, Search, Settings } from 'lucide-react';

/** The places of the main navigation, in both of its shapes. */
export const PLACES = [
  { key: 'home', href: '/', icon: House },
  { key: 'search', href: '/search', icon: Search },
  { key: 'week', href: '/week', icon: AudioLines },
  { key: 'library', href: '/library', icon: Library },
  { key: 'settings', href: '/settings', icon: Settings },
] as const;

/** Albums and artists stand in the library. */
export const placeOf = (pathname: string): (typeof PLACES)[number]['key'] => {
  if (pathname.startsWith('/search')) return 'search';
  if (pathname.startsWith('/settings')) return 'settings';
  if (pathname.startsWith('/week')) return 'week';
  return pathname === '/' ? 'home' : 'library';
};
