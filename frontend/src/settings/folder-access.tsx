'use client';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '../api/client';
import { QueryProblem } from '../components/query-problem';
import { librariesQuery, peopleQuery } from './account-queries';
import type { Role } from './role-select';

/** Guests hear what is shared with them and nothing else, however far a folder is open. */
const OPENINGS = ['listener', 'curator', 'admin', 'named'] as const;
type Opening = (typeof OPENINGS)[number];

interface Change {
  readonly id: string;
  readonly body: { readonly openTo?: Role | null; readonly memberIds?: string[] };
}

/** Who sees which folder: a role and those above it, and whoever is named. */
export function FolderAccess() {
  const t = useTranslations('people');
  const queries = useQueryClient();
  const libraries = useQuery(librariesQuery);
  const people = useInfiniteQuery(peopleQuery).data?.pages.flatMap((page) => page.items) ?? [];
  const change = useMutation({
    mutationFn: ({ id, body }: Change) =>
      api.PATCH('/api/libraries/{id}', { params: { path: { id } }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: librariesQuery.queryKey }),
  });
  if (libraries.error && !libraries.data)
    return <QueryProblem error={libraries.error} retry={libraries.refetch} />;
  const open = (id: string, to: Opening) =>
    change.mutate({ id, body: { openTo: to === 'named' ? null : to } });
  return (
    <ul className="ledger">
      {libraries.data?.items.map(({ id, name, path, openTo, members }) => {
        const named = new Set(members.map((member) => member.id));
        const toggle = (personId: string) => {
          const memberIds = named.has(personId)
            ? [...named].filter((each) => each !== personId)
            : [...named, personId];
          change.mutate({ id, body: { memberIds } });
        };
        return (
          <li key={id}>
            <div className="min-w-0">
              <b>{name}</b>
              <p>{path}</p>
            </div>
            <select
              className="input input-small"
              aria-label={t('openTo', { name })}
              value={openTo === 'guest' ? 'listener' : (openTo ?? 'named')}
              disabled={change.isPending}
              onChange={(event) =>
                open(id, OPENINGS.find((to) => to === event.currentTarget.value) ?? 'named')
              }
            >
              {OPENINGS.map((to) => (
                <option key={to} value={to}>
                  {t(`openings.${to}`)}
                </option>
              ))}
            </select>
            {people.length > 1 && openTo !== 'guest' && openTo !== 'listener' && (
              <fieldset className="ticks col-span-full">
                <legend>{t('named')}</legend>
                {people
                  .filter(({ role }) => role !== 'admin' && role !== 'guest')
                  .map((person) => (
                    <label key={person.id} className="tick">
                      <input
                        type="checkbox"
                        checked={named.has(person.id)}
                        disabled={change.isPending}
                        onChange={() => toggle(person.id)}
                      />
                      {person.username}
                    </label>
                  ))}
              </fieldset>
            )}
          </li>
        );
      })}
    </ul>
  );
}
