'use client';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { genresQuery, statusQuery, yearsQuery, type CatalogFilter } from '../api/queries';
import { decadesOf } from './decades';
import { isNarrowed, RELEASE_TYPES, ROLES, viewAddress, type LibraryView } from './library-view';

type NarrowedView = Extract<LibraryView, { readonly filter: CatalogFilter }>;

/** What narrows a shelf. All of it stands in the address. */
export function Sieve({ state }: { readonly state: NarrowedView }) {
  const t = useTranslations('library');
  const router = useRouter();
  const { filter } = state;
  const genres = useQuery(genresQuery).data?.items ?? [];
  const years = useQuery(yearsQuery).data?.items ?? [];
  const folders = useQuery(statusQuery).data?.libraries ?? [];
  const narrow = (change: { readonly [Key in keyof CatalogFilter]: CatalogFilter[Key] | undefined }) => {
    const all = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined);
    const next: LibraryView = { ...state, filter: Object.fromEntries(all) };
    router.replace(viewAddress(next), { scroll: false });
  };
  return (
    <div className="sieve" role="group" aria-label={t('narrow')}>
      {genres.length > 1 && (
        <Filter
          label={t('filters.genre')}
          value={filter.genreId ?? ''}
          options={genres.map(({ id, name }) => [id, name] as const)}
          onChoose={(genreId) => narrow({ genreId: genreId || undefined })}
        />
      )}
      {state.view !== 'artists' && years.length > 0 && (
        <Filter
          label={t('filters.decade')}
          value={filter.yearFrom ? String(filter.yearFrom) : ''}
          options={decadesOf(years).map(({ from, to }) => [String(from), t('years', { from, to })] as const)}
          onChoose={(from) =>
            narrow({
              yearFrom: from ? Number(from) : undefined,
              yearTo: from ? Math.floor(Number(from) / 10) * 10 + 9 : undefined,
            })
          }
        />
      )}
      {state.view !== 'artists' && (
        <Filter
          label={t('filters.type')}
          value={filter.releaseType ?? ''}
          options={RELEASE_TYPES.map((type) => [type, t(`types.${type}`)] as const)}
          onChoose={(type) => narrow({ releaseType: RELEASE_TYPES.find((each) => each === type) })}
        />
      )}
      {state.view === 'artists' && (
        <Filter
          label={t('filters.role')}
          value={filter.role ?? ''}
          options={ROLES.map((role) => [role, t(`roles.${role}`)] as const)}
          onChoose={(role) => narrow({ role: ROLES.find((each) => each === role) })}
        />
      )}
      {folders.length > 1 && (
        <Filter
          label={t('filters.folder')}
          value={filter.libraryId ?? ''}
          options={folders.map(({ id, name }) => [id, name] as const)}
          onChoose={(libraryId) => narrow({ libraryId: libraryId || undefined })}
        />
      )}
      {isNarrowed(state) && (
        <Link className="sort" href={viewAddress({ ...state, filter: {} })} replace scroll={false}>
          <X className="s" />
          {t('widen')}
        </Link>
      )}
    </div>
  );
}

interface FilterProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChoose: (value: string) => void;
}

/** A native choice: it opens as the device does it. Its first entry, nothing, carries its name. */
function Filter({ label, value, options, onChoose }: FilterProps) {
  return (
    <select
      className="input input-small"
      aria-label={label}
      data-chosen={value !== '' || undefined}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      <option value="">{label}</option>
      {options.map(([key, name]) => (
        <option key={key} value={key}>
          {name}
        </option>
      ))}
    </select>
  );
}
