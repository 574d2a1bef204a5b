'use client';
import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { healthQuery } from '../api/queries';

/** What the server says about itself, in its own words (an old ffmpeg, a full disk). */
export function HealthNotice() {
  const { data } = useQuery(healthQuery);
  return data?.problems.map((problem) => (
    <div key={problem.code} className="notice mt-4" role="status">
      <TriangleAlert />
      <p>{problem.message}</p>
    </div>
  ));
}
