import { Suspense } from 'react';
import { LibraryPage } from '../../../library/library-page';

export default function LibraryRoute() {
  return (
    <Suspense>
      <LibraryPage />
    </Suspense>
  );
}
