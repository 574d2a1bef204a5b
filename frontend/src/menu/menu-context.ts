'use client';
import { createContext, useContext } from 'react';
import type { PlaylistDetail } from '../api/client';
import type { PlaylistSubject, Subject } from './subject';

export interface MenuRequest {
  readonly subject: Subject;
  readonly rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Where the focus goes when the menu closes. */
  readonly opener: HTMLElement | null;
  readonly id: number;
}

export type DialogRequest =
  | { readonly kind: 'pick'; readonly subject: Subject }
  | {
      readonly kind: 'duplicates';
      readonly playlist: Pick<PlaylistSubject, 'id' | 'title'>;
      readonly trackIds: readonly string[];
    }
  | { readonly kind: 'link'; readonly link: string; readonly until: string }
  | { readonly kind: 'newList' }
  /** Those of a list, or of a new one. */
  | { readonly kind: 'rules'; readonly playlist?: PlaylistDetail };

export interface Menus {
  readonly openMenu: (request: Omit<MenuRequest, 'id'>) => void;
  readonly openDialog: (request: DialogRequest) => void;
}

export const MenuContext = createContext<Menus | null>(null);

/** Null where there is nobody with an account: rows of a share have no menu. */
export const useMenus = (): Menus | null => useContext(MenuContext);

/** For what stands in the menu itself, and so inside of it. */
export function useOpenDialog(): Menus['openDialog'] {
  const menus = useMenus();
  if (!menus) throw new Error('useOpenDialog is called outside MenuProvider');
  return menus.openDialog;
}
