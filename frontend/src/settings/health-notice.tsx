'use client';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { healthQuery } from '../api/queries';
import { FaultWords } from '../server-words/fault-words';

/** What the server says about itself (an old ffmpeg, a folder that is held). */
export function HealthNotice() {
  const { data } = useQuery(healthQuery);
  return data?.problems.map((problem) => (
    <div key={problem.code} className="notice mt-4" role="status">
      <TriangleAlert />
      <p>
        <FaultWords code={problem.code} words={problem.message} />
      </p>
    </div>
  ));
}
