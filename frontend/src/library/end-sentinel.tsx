'use client';
import { useEffect, useRef } from 'react';

interface EndSentinelProps {
  readonly more: boolean;
  readonly busy: boolean;
  readonly load: () => unknown;
}

/** Asks for the next page shortly before its place comes into view. */
export function EndSentinel({ more, busy, load }: EndSentinelProps) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!mark.current || !more || busy) return;
    const watcher = new IntersectionObserver(([entry]) => entry?.isIntersecting && load(), {
      rootMargin: '600px',
    });
    watcher.observe(mark.current);
    return () => watcher.disconnect();
  }, [more, busy, load]);
  return <div ref={mark} aria-hidden="true" className="h-px" />;
}
