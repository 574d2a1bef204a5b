'use client';
import {
  ArrowDownToLine,
  Disc3,
  Download,
  Heart,
  Link2,
  ListEnd,
  ListPlus,
  ListStart,
  MicVocal,
  Play,
  Shuffle,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import * as Menu from 'radix-ui/dropdown-menu';
import { languageOf } from '../components/language-of';
import { useLike } from '../likes/use-like';
import { useProgress } from '../offline/use-offline';
import { DownloadRow } from './download-row';
import type { MenuEntry } from './menu-entries';

interface MenuRowProps {
  readonly entry: MenuEntry;
  readonly choose: () => void;
}

const ICONS = {
  play: Play,
  shuffle: Shuffle,
  playNext: ListStart,
  addToQueue: ListEnd,
  addToPlaylist: ListPlus,
  goToAlbum: Disc3,
  goToArtist: MicVocal,
  share: Link2,
  download: Download,
} as const satisfies Partial<Record<MenuEntry['kind'], LucideIcon>>;

export function MenuRow({ entry, choose }: MenuRowProps) {
  const t = useTranslations('menu');
  switch (entry.kind) {
    case 'like':
      return <LikeRow entry={entry} />;
    case 'download':
      return <DownloadRow of={entry.of} id={entry.id} icon={ICONS.download} />;
    case 'keep':
      return <KeepRow entry={entry} choose={choose} />;
    case 'own':
      return <Row icon={entry.entry.icon} label={entry.entry.label} choose={choose} />;
    case 'goToArtist':
      return (
        <Row
          icon={ICONS.goToArtist}
          label={entry.alone ? t('goToArtist') : t('goToNamed', { name: entry.name })}
          language={entry.alone ? undefined : languageOf(entry.name)}
          choose={choose}
        />
      );
    case 'play':
    case 'shuffle':
    case 'playNext':
    case 'addToQueue':
    case 'addToPlaylist':
    case 'goToAlbum':
    case 'share':
      return <Row icon={ICONS[entry.kind]} label={t(entry.kind)} choose={choose} />;
  }
}

interface RowProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly language?: string | undefined;
  readonly choose: () => void;
}

function Row({ icon: Icon, label, language, choose }: RowProps) {
  return (
    <Menu.Item className="menu-item" onSelect={choose} lang={language}>
      <Icon className="s" />
      <span className="ell">{label}</span>
    </Menu.Item>
  );
}

/** It changes in place: the menu may stay, and shows what is the case now. */
function LikeRow({ entry: { of, id } }: { readonly entry: Extract<MenuEntry, { kind: 'like' }> }) {
  const t = useTranslations('menu');
  const { liked, toggle } = useLike(of, id);
  return (
    <Menu.CheckboxItem className="menu-item" checked={liked} onCheckedChange={toggle}>
      <Heart className={liked ? 's fill' : 's'} />
      {liked ? t('unlike') : t('like')}
    </Menu.CheckboxItem>
  );
}

/** What is wished for already can be taken back where it stands, before all of it is there too. */
function KeepRow({
  entry: { of, id },
  choose,
}: {
  readonly entry: Extract<MenuEntry, { kind: 'keep' }>;
  readonly choose: () => void;
}) {
  const t = useTranslations('menu');
  return useProgress(of, id) === null ? (
    <Row icon={ArrowDownToLine} label={t('keep')} choose={choose} />
  ) : (
    <Row icon={Trash2} label={t('drop')} choose={choose} />
  );
}
