'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import * as Menu from 'radix-ui/dropdown-menu';
import { Fragment, useRef, useState } from 'react';
import { meQuery } from '../api/queries';
import { canKeep } from '../offline/can-keep';
import { menuEntries, type MenuEntry } from './menu-entries';
import { MenuRow } from './menu-row';
import type { MenuRequest } from './menu-context';
import { nameOf } from './subject';
import { useMenuActs } from './use-menu-acts';

interface MenuHostProps {
  readonly request: MenuRequest;
  readonly close: () => void;
}

const keyOf = (entry: MenuEntry): string => {
  if (entry.kind === 'own') return entry.entry.key;
  return entry.kind === 'goToArtist' ? entry.href : entry.kind;
};

/** The menu where it was asked for. What was chosen happens after it has closed, so that a dialog gets the focus. */
export function MenuHost({ request, close }: MenuHostProps) {
  const t = useTranslations('menu');
  const { subject, rect, opener } = request;
  const [open, setOpen] = useState(true);
  const chosen = useRef<(() => void) | null>(null);
  const acts = useMenuActs(subject);
  const { data: user } = useQuery(meQuery);
  const groups = menuEntries(subject, {
    userId: user?.id ?? '',
    mayDownload: user?.mayDownload ?? false,
    canKeep: canKeep(),
  });
  const after = (event: Event) => {
    event.preventDefault();
    opener?.focus({ preventScroll: true });
    close();
    chosen.current?.();
  };
  const { x, y, width, height } = rect;
  return (
    <Menu.Root open={open} onOpenChange={setOpen}>
      <Menu.Trigger asChild>
        <span className="menu-anchor" aria-hidden="true" style={{ left: x, top: y, width, height }} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          className="menu pop"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={nameOf(subject) ?? t('moreOfSelection')}
          onCloseAutoFocus={after}
        >
          {groups.map((group, at) => (
            <Fragment key={group[0] ? keyOf(group[0]) : at}>
              {at > 0 && <Menu.Separator className="menu-line" />}
              {group.map((entry) => (
                <MenuRow
                  key={keyOf(entry)}
                  entry={entry}
                  choose={() => (chosen.current = () => acts(entry))}
                />
              ))}
            </Fragment>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
