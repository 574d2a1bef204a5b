'use client';
import { Ellipsis } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { IconButton } from '../components/icon-button';
import { useMenus } from './menu-context';
import { nameOf, type Subject } from './subject';

interface MoreButtonProps {
  readonly subject: Subject;
  readonly small?: boolean;
  readonly tabIndex?: number;
}

/** The same menu as by a right click, for whoever looks for a button. */
export function MoreButton({ subject, small = false, tabIndex }: MoreButtonProps) {
  const t = useTranslations('menu');
  const menus = useMenus();
  if (menus === null) return null;
  const name = nameOf(subject);
  return (
    <IconButton
      small={small}
      className="more"
      tabIndex={tabIndex}
      label={name === null ? t('moreOfSelection') : t('more', { name })}
      aria-haspopup="menu"
      onClick={({ currentTarget }) => {
        const { x, y, width, height } = currentTarget.getBoundingClientRect();
        menus.openMenu({ subject, rect: { x, y, width, height }, opener: currentTarget });
      }}
    >
      <Ellipsis className={small ? 's' : ''} />
    </IconButton>
  );
}
