'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { PanelLeft } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { homeQuery, playlistsQuery } from '../api/queries';
import { Cover } from '../components/cover';
import { creditText } from '../components/credit-text';
import { IconButton } from '../components/icon-button';
import { Name } from '../components/name';
import { useFrame } from './frame-context';
import { newAlbumsOf } from '../home/home-rows';
import { NavPlaylists } from './nav-playlists';
import { PLACES, placeOf } from './places';

const SHOWN = 6;

export function Nav() {
  const t = useTranslations();
  const here = placeOf(usePathname());
  const { navFolded, toggleNav } = useFrame();
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      <Link className="brand" href="/" prefetch={false}>
        <span className="mark" lang="ja">
          {t('app.mark')}
        </span>
        <b>{t('app.name')}</b>
      </Link>
      {PLACES.map(({ key, href, icon: Icon }) => (
        <Link
          key={key}
          className="nav-link"
          href={href}
          prefetch={false}
          title={t(`nav.${key}`)}
          aria-current={key === here ? 'page' : undefined}
        >
          <Icon />
          <span className="label">{t(`nav.${key}`)}</span>
        </Link>
      ))}
      <NavPlaylists />
      <JustIn />
      <div className="nav-foot">
        <IconButton label={navFolded ? t('nav.unfold') : t('nav.fold')} onClick={toggleNav}>
          <PanelLeft />
        </IconButton>
      </div>
    </nav>
  );
}

function JustIn() {
  const t = useTranslations('nav');
  // Where there are lists, they stand here instead.
  const lists = useInfiniteQuery(playlistsQuery).data?.pages[0]?.items;
  const home = useQuery({ ...homeQuery, enabled: lists?.length === 0 }).data;
  const albums = home ? newAlbumsOf(home).slice(0, SHOWN) : [];
  if (albums.length === 0 || lists?.length !== 0) return null;
  return (
    <>
      <p className="nav-head">{t('justIn')}</p>
      <ul className="nav-albums">
        {albums.map((album) => (
          <li key={album.id}>
            <Link className="nav-album" href={`/albums/${album.id}`} prefetch={false} title={album.title}>
              <Cover artwork={album.artwork} size={64} />
              <span className="label min-w-0">
                <Name>{album.title}</Name>
                <small className="ell">{creditText(album.artists)}</small>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
