'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../api/client';
import { tasteQuery } from '../api/queries';

/** The week begins where the listener is: the server learns it from whoever looks at the list. */
export function useTimeZone(): void {
  const queries = useQueryClient();
  const known = useQuery(tasteQuery).data?.timeZone;
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (known === undefined || known === timeZone) return;
    api
      .PATCH('/api/me/taste', { body: { timeZone } })
      .then(({ data }) => data && queries.setQueryData(tasteQuery.queryKey, data))
      // A name that the server does not know changes nothing: the week begins where it did.
      .catch(() => undefined);
  }, [known, queries]);
}
