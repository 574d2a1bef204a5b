'use client';
import type { User } from '../api/client';
import { useKeeper } from './use-keeper';

/** Loaded after the page: it keeps, and shows nothing. */
export function OfflineKeeper({ user }: { readonly user: User }) {
  useKeeper(user);
  return null;
}
