import type { MetadataRoute } from 'next';
import messages from '../../messages/en.json';

export const dynamic = 'force-static';

const SIZES = [192, 512] as const;

/** A manifest has one colour where the page has one for each theme; it begins in the dark one, the first of the two. */
export default function manifest(): MetadataRoute.Manifest {
  const icon = (name: 'icon' | 'maskable', size: number) =>
    ({
      src: `/icons/${name}-${size}.png`,
      sizes: `${size}x${size}`,
      type: 'image/png',
      purpose: name === 'icon' ? 'any' : 'maskable',
    }) as const;
  return {
    id: '/',
    name: messages.app.name,
    short_name: messages.app.name,
    description: messages.app.description,
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#120d10',
    theme_color: '#120d10',
    categories: ['music'],
    icons: SIZES.flatMap((size) => [icon('icon', size), icon('maskable', size)]),
    shortcuts: [
      { name: messages.nav.search, url: '/search' },
      { name: messages.nav.library, url: '/library' },
    ],
  };
}
