'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ArtistSummary } from '../api/client';
import { Cover } from '../components/cover';
import { useMenuTarget } from '../menu/use-menu-target';
import { Name } from '../components/name';

export function ArtistCard({ artist }: { readonly artist: ArtistSummary }) {
  const t = useTranslations('common');
  const { albumCount, trackCount } = artist;
  const target = useMenuTarget({ kind: 'artist', artist });
  return (
    <li className="artist-card" {...target}>
      <Link href={`/artists/${artist.id}`} prefetch={false}>
        <Cover artwork={artist.artwork} size={256} round />
        <b className="text-[14px]/[20px] font-semibold">
          <Name>{artist.name}</Name>
        </b>
        <span className="by ell num">
          {albumCount > 0 ? t('albums', { count: albumCount }) : t('tracks', { count: trackCount })}
        </span>
      </Link>
    </li>
  );
}
