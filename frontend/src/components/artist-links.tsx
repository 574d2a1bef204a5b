'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import type { ArtistCredit } from '../api/client';
import { mainArtists } from './credit-text';
import { languageOf } from './language-of';

export function ArtistLinks({ artists }: { readonly artists: readonly ArtistCredit[] }) {
  const t = useTranslations('common');
  const shown = mainArtists(artists);
  if (shown.length === 0) return t('unknownArtist');
  return shown.map((artist, at) => (
    <Fragment key={artist.id}>
      {at > 0 && ', '}
      <Link className="linked" href={`/artists/${artist.id}`} prefetch={false} lang={languageOf(artist.name)}>
        {artist.name}
      </Link>
    </Fragment>
  ));
}
