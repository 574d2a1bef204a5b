'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FileInput } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { api, body } from '../api/client';
import { playlistsQuery } from '../api/queries';

const FORMATS = { m3u: 'm3u8', m3u8: 'm3u8', xspf: 'xspf', jspf: 'jspf', json: 'jspf' } as const;

const formatOf = (name: string): (typeof FORMATS)[keyof typeof FORMATS] => {
  const ending = name.split('.').at(-1)?.toLowerCase();
  return Object.entries(FORMATS).find(([known]) => known === ending)?.[1] ?? 'm3u8';
};

const LONGEST_TITLE = 200;

/** A list of another player: what was found becomes a list, and what was not is told. */
export function ImportLists() {
  const t = useTranslations('playlist.import');
  const input = useRef<HTMLInputElement>(null);
  const queries = useQueryClient();
  const read = useMutation({
    mutationFn: async (file: File) => {
      const format = formatOf(file.name);
      const title = file.name.replace(/\.[^.]*$/, '').slice(0, LONGEST_TITLE) || file.name;
      return body(api.POST('/api/playlists/import', { body: { format, title, content: await file.text() } }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: playlistsQuery.queryKey }),
  });
  const done = read.data;
  return (
    <>
      <button
        type="button"
        className="btn btn-line btn-small"
        disabled={read.isPending}
        onClick={() => input.current?.click()}
      >
        <FileInput className="s" />
        {t('choose')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".m3u,.m3u8,.xspf,.jspf,.json"
        aria-label={t('choose')}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) read.mutate(file);
          currentTarget.value = '';
        }}
      />
      <div role="status" className="w-full">
        {read.isError && <p className="hint">{t('unreadable')}</p>}
        {done && (
          <div className="import-told">
            <p>
              {t('found', { count: done.found })}{' '}
              <Link className="linked" href={`/playlists/${done.playlist.id}`}>
                {done.playlist.title}
              </Link>
            </p>
            {done.missing.length > 0 && (
              <details>
                <summary>{t('missing', { count: done.missing.length })}</summary>
                <ol>
                  {done.missing.map(({ position, title, artist, path }) => (
                    <li key={position} value={position}>
                      {[title ?? path, artist].filter(Boolean).join(' · ')}
                    </li>
                  ))}
                </ol>
              </details>
            )}
          </div>
        )}
      </div>
    </>
  );
}
