import type { ReactNode } from 'react';
import type { PlaylistSummary } from '../api/client';
import { Cover } from '../components/cover';
import type { ArtworkSize } from '../library/artwork-url';

interface PlaylistCoverProps {
  readonly playlist: Pick<PlaylistSummary, 'artwork' | 'covers'>;
  readonly size: ArtworkSize;
  readonly eager?: boolean;
  readonly children?: ReactNode;
}

const QUARTERS = 4;
const HALF: Readonly<Record<ArtworkSize, ArtworkSize>> = { 64: 64, 128: 64, 256: 128, 512: 256, 1024: 512 };

/** Its own cover, or those of its first four albums; of fewer, the first. */
export function PlaylistCover({ playlist, size, eager = false, children }: PlaylistCoverProps) {
  const { artwork, covers } = playlist;
  if (artwork !== null || covers.length < QUARTERS)
    return (
      <Cover artwork={artwork ?? covers[0] ?? null} size={size} eager={eager}>
        {children}
      </Cover>
    );
  return (
    <div className="art quarters">
      {covers.slice(0, QUARTERS).map((cover) => (
        <Cover key={cover.id} artwork={cover} size={HALF[size]} eager={eager} />
      ))}
      {children}
    </div>
  );
}
