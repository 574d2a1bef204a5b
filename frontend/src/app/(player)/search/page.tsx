import { Suspense } from 'react';
import { SearchPage } from '../../../search/search-page';

export default function SearchRoute() {
  return (
    <Suspense>
      <SearchPage />
    </Suspense>
  );
}
