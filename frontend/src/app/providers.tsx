'use client';
import { QueryClientProvider } from '@tanstack/react-query';
import { NextIntlClientProvider } from 'next-intl';
import { useEffect, useState, type ReactNode } from 'react';
import messages from '../../messages/en.json';
import { createQueryClient } from '../api/query-client';
import { PlayerProvider } from '../player/player-context';

/** Messages come with the script, not with each page: nine exported pages would carry them nine times. */
export function Providers({ children }: { readonly children: ReactNode }) {
  const [queries] = useState(createQueryClient);
  useEffect(() => {
    void import('./japanese-fonts');
  }, []);
  return (
    <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
      <QueryClientProvider client={queries}>
        <PlayerProvider>{children}</PlayerProvider>
      </QueryClientProvider>
    </NextIntlClientProvider>
  );
}
