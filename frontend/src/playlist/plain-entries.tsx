'use client';
import { useTranslations } from 'next-intl';
import type { PlaylistDetail, PlaylistEntry } from '../api/client';
import { EntryRow } from './entry-row';
import { useEntryRows } from './use-entry-rows';

interface PlainEntriesProps {
  readonly playlist: PlaylistDetail;
  readonly entries: readonly PlaylistEntry[];
  readonly play: (entryId: string) => void;
}

/** The entries of a list that is only heard: somebody else's, or one that rules have found. */
export function PlainEntries({ playlist, entries, play }: PlainEntriesProps) {
  const t = useTranslations('playlist');
  const rows = useEntryRows(entries.map((_, key) => ({ key })));
  const source = { kind: 'playlist', id: playlist.id, name: playlist.title } as const;
  return (
    <ol ref={rows.body} className="entry-rows" aria-label={t('tracks')} style={{ height: rows.heightPx }}>
      {rows.shown.map(({ index, offsetPx }) => {
        const entry = entries[index];
        if (!entry) return null;
        return (
          <EntryRow
            key={entry.id}
            track={entry.track}
            number={index + 1}
            source={source}
            play={() => play(entry.id)}
            row={rows.place(index, offsetPx)}
          />
        );
      })}
    </ol>
  );
}
