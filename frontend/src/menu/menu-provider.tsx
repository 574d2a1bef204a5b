'use client';
import dynamic from 'next/dynamic';
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { MenuContext, type DialogRequest, type MenuRequest } from './menu-context';

// One menu for all rows of all pages, fetched when the first is wished for: ten thousand rows cost nothing.
const MenuHost = dynamic(() => import('./menu-host').then((file) => file.MenuHost), { ssr: false });
const MenuDialog = dynamic(() => import('./menu-dialog').then((file) => file.MenuDialog), { ssr: false });

export function MenuProvider({ children }: { readonly children: ReactNode }) {
  const [menu, setMenu] = useState<MenuRequest | null>(null);
  const [dialog, setDialog] = useState<DialogRequest | null>(null);
  const next = useRef(0);
  const openMenu = useCallback((request: Omit<MenuRequest, 'id'>) => {
    next.current += 1;
    setMenu({ ...request, id: next.current });
  }, []);
  const menus = useMemo(() => ({ openMenu, openDialog: setDialog }), [openMenu]);
  return (
    <MenuContext value={menus}>
      {children}
      {menu && <MenuHost key={menu.id} request={menu} close={() => setMenu(null)} />}
      {dialog && <MenuDialog request={dialog} close={() => setDialog(null)} />}
    </MenuContext>
  );
}
