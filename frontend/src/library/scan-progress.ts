import type { LibraryStatus } from '../api/client';

export type ScanProgress =
  | { readonly kind: 'idle' }
  | { readonly kind: 'looking' }
  | { readonly kind: 'reading'; readonly ready: number; readonly found: number; readonly share: number }
  | { readonly kind: 'analysing'; readonly count: number; readonly share: number };

/** What the strip says: files done are those that are ready or were refused, so the bar always reaches its end. */
export function scanProgress({ scanning, files, work }: LibraryStatus): ScanProgress {
  const done = files.ready + files.rejected;
  const share = files.found > 0 ? done / files.found : 0;
  if (files.found === 0) return scanning ? { kind: 'looking' } : { kind: 'idle' };
  if (files.pending > 0 && (scanning || work.analysing > 0)) {
    return { kind: 'reading', ready: files.ready, found: files.found, share };
  }
  if (scanning) return { kind: 'looking' };
  return work.analysing > 0 ? { kind: 'analysing', count: work.analysing, share } : { kind: 'idle' };
}
