'use client';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { createQueryClient } from '../api/query-client';
import { bringKeptAnswers } from '../offline/bring-answers';
import { LanguageProvider } from '../language/language-provider';
import { shownLanguage } from '../language/languages';
import { PlayerProvider } from '../player/player-context';
import { whenSettled } from '../player/presence';
import { comeAlive } from './alive';

bringKeptAnswers();

export function Providers({ children }: { readonly children: ReactNode }) {
  const [queries] = useState(createQueryClient);
  useEffect(() => {
    comeAlive();
    const bringFonts = () => void import('./japanese-fonts');
    if (shownLanguage() === 'ja') bringFonts();
    else return whenSettled(bringFonts);
  }, []);
  return (
    <LanguageProvider>
      <QueryClientProvider client={queries}>
        <PlayerProvider>{children}</PlayerProvider>
      </QueryClientProvider>
    </LanguageProvider>
  );
}
