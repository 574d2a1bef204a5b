'use client';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, body, type SmartPreview, type SmartRules } from '../api/client';

/** Nobody wants to see what half a word finds, nor the server to look for it. */
const SETTLED_MS = 350;

const previewQuery = (rules: SmartRules | null) =>
  queryOptions({
    queryKey: ['catalog', 'smart-preview', rules],
    queryFn: ({ signal }) => {
      if (rules === null) throw new Error('nothing is looked for without rules');
      return body(api.POST('/api/playlists/preview', { body: { rules }, signal }));
    },
    enabled: rules !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 15_000,
  });

/** What these rules find, a moment after they have last changed; until then what the ones before have found. */
export function useSmartPreview(rules: SmartRules | null): {
  readonly data: SmartPreview | undefined;
  readonly error: Error | null;
  readonly isStale: boolean;
} {
  const text = JSON.stringify(rules);
  const [settled, setSettled] = useState({ text, rules });
  useEffect(() => {
    const pause = setTimeout(() => setSettled({ text, rules }), SETTLED_MS);
    return () => clearTimeout(pause);
    // The text is the rules: the object is another one each time.
  }, [text]);
  const found = useQuery(previewQuery(settled.rules));
  return {
    data: rules === null ? undefined : found.data,
    error: found.error,
    isStale: settled.text !== text || found.isFetching,
  };
}
