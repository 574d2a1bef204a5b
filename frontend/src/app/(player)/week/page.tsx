import { Suspense } from 'react';
import { WeeklyPage } from '../../../weekly/weekly-page';

export default function WeekRoute() {
  return (
    <Suspense>
      <WeeklyPage />
    </Suspense>
  );
}
