'use client';
import { ChevronRight, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import * as Menu from 'radix-ui/dropdown-menu';
import type { DownloadKind } from './menu-entries';

/** What the server makes of music; `original` is the file as it came. */
const FORMATS = [
  ['original', 'original'],
  ['flac', 'flac'],
  ['opus320', 'opus-320'],
  ['opus160', 'opus-160'],
  ['opus96', 'opus-96'],
  ['aac320', 'aac-320'],
  ['aac160', 'aac-160'],
  ['aac96', 'aac-96'],
] as const;

interface DownloadRowProps {
  readonly of: DownloadKind;
  readonly id: string;
  readonly icon: LucideIcon;
}

/** Each a plain address, so the browser shows the progress and keeps the file. */
export function DownloadRow({ of, id, icon: Icon }: DownloadRowProps) {
  const t = useTranslations('menu');
  return (
    <Menu.Sub>
      <Menu.SubTrigger className="menu-item">
        <Icon className="s" />
        {t('download')}
        <ChevronRight className="s ml-auto" />
      </Menu.SubTrigger>
      <Menu.Portal>
        <Menu.SubContent className="menu pop" collisionPadding={8} sideOffset={2}>
          {FORMATS.map(([said, format]) => (
            <Menu.Item key={format} className="menu-item" asChild>
              <a href={`/api/${of}/${id}/download?format=${format}`} download>
                {t(`formats.${said}`)}
              </a>
            </Menu.Item>
          ))}
        </Menu.SubContent>
      </Menu.Portal>
    </Menu.Sub>
  );
}
