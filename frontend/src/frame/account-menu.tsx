'use client';
import { useQuery } from '@tanstack/react-query';
import { Inbox, Keyboard, LogOut, Settings } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import * as Menu from 'radix-ui/dropdown-menu';
import { useEffect, useState } from 'react';
import { meQuery } from '../api/queries';
import { languageOf } from '../components/language-of';
import { signOut } from '../account/session';
import { help } from '../shortcuts/help';
import { chooseTheme, followSystemTheme, storedTheme, THEMES, type Theme } from './theme';

export function AccountMenu() {
  const t = useTranslations('top');
  const nav = useTranslations('nav');
  const shortcuts = useTranslations('shortcuts');
  const { data: user } = useQuery(meQuery);
  const [theme, setTheme] = useState<Theme>(storedTheme);
  useEffect(followSystemTheme, []);
  const name = user?.username ?? '';
  const choose = (value: string) => {
    const next = THEMES.find((known) => known === value) ?? 'system';
    setTheme(next);
    chooseTheme(next);
  };
  return (
    <Menu.Root onOpenChange={(open) => open && setTheme(storedTheme())}>
      <Menu.Trigger
        className="avatar"
        aria-label={t('account', { name })}
        title={name}
        lang={languageOf(name)}
      >
        {[...name][0]?.toUpperCase()}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content className="menu pop" align="end" sideOffset={8}>
          <Menu.Label className="hint px-[10px] py-1">{t('theme')}</Menu.Label>
          <Menu.RadioGroup value={theme} onValueChange={choose}>
            {THEMES.map((each) => (
              <Menu.RadioItem
                key={each}
                className="menu-item"
                value={each}
                onSelect={(event) => event.preventDefault()}
              >
                <span className="dot" data-on={each === theme || undefined} />
                {t(`themes.${each}`)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Separator className="menu-line" />
          <Menu.Item className="menu-item" asChild>
            <Link href="/shared">
              <Inbox className="s" />
              {t('shared')}
            </Link>
          </Menu.Item>
          <Menu.Item className="menu-item" asChild>
            <Link href="/settings">
              <Settings className="s" />
              {nav('settings')}
            </Link>
          </Menu.Item>
          <Menu.Item className="menu-item" onSelect={() => help.dispatch(true)}>
            <Keyboard className="s" />
            {shortcuts('title')}
            <kbd className="ml-auto desk">{'?'}</kbd>
          </Menu.Item>
          <Menu.Item className="menu-item" onSelect={() => void signOut()}>
            <LogOut className="s" />
            {t('signOut')}
          </Menu.Item>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
