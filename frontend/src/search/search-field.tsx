'use client';
import { Search, X } from 'lucide-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';

const PAUSE_MS = 80;
export const RESULTS_ID = 'search-results';

/** Typing anywhere leads to the search page; what was typed stands in its address. */
export function SearchField({
  className,
  hotkey = true,
}: {
  readonly className: string;
  readonly hotkey?: boolean;
}) {
  const t = useTranslations('top');
  const router = useRouter();
  const onPage = usePathname() === '/search';
  const asked = useSearchParams().get('q') ?? '';
  const [text, setText] = useState(asked);
  const [seen, setSeen] = useState(asked);
  const pause = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  // Back, or a link to a search: the address changed by itself, so the field follows it.
  if (seen !== asked) {
    setSeen(asked);
    if (asked !== text.trim()) setText(asked);
  }

  const ask = (words: string) => {
    setText(words);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => {
      const q = words.trim();
      const address = q ? `/search?q=${encodeURIComponent(q)}` : '/search';
      // On the page itself only the address changes: no request for a page that is already here.
      if (location.pathname === '/search') history.replaceState(null, '', address);
      else if (q) router.push(address);
    }, PAUSE_MS);
  };

  return (
    <label className={className}>
      <Search className="s" />
      <input
        type="search"
        maxLength={200}
        value={text}
        placeholder={t('placeholder')}
        aria-label={t('search')}
        aria-controls={onPage && asked ? RESULTS_ID : undefined}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        onChange={(event) => ask(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text) ask('');
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          document.querySelector<HTMLElement>(`#${RESULTS_ID} [data-hit]`)?.focus();
        }}
      />
      {text ? (
        <button
          type="button"
          className="ib ib-small"
          aria-label={t('clear')}
          title={t('clear')}
          onClick={() => ask('')}
        >
          <X className="s" />
        </button>
      ) : (
        hotkey && <kbd aria-hidden="true">{'/'}</kbd>
      )}
    </label>
  );
}
