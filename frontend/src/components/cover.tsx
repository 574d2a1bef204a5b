import type { CSSProperties, ReactNode } from 'react';
import type { Artwork } from '../api/client';
import { artworkSrcSet, artworkUrl, type ArtworkSize } from '../library/artwork-url';

interface CoverProps {
  readonly artwork: Artwork | null;
  readonly size: ArtworkSize;
  readonly round?: boolean;
  readonly eager?: boolean;
  readonly children?: ReactNode;
}

declare module 'react' {
  interface CSSProperties {
    '--art'?: string;
    '--at'?: number;
    '--share'?: number;
    '--level'?: number;
  }
}

/** Square artwork with its colour; children lie on it (the obi). Decorative: the title always stands beside it. */
export function Cover({ artwork, size, round = false, eager = false, children }: CoverProps) {
  const shape = round ? 'art art-round' : 'art';
  if (!artwork) {
    return (
      <div className={shape}>
        <Stave obi={!children} />
        {children}
      </div>
    );
  }
  const style: CSSProperties = { '--art': artwork.color, backgroundImage: `url("${artwork.placeholder}")` };
  return (
    <div className={`${shape} has-art`} style={style}>
      {children}
      <img
        src={artworkUrl(artwork.id, size)}
        srcSet={artworkSrcSet(artwork.id, size)}
        width={size}
        height={size}
        alt=""
        decoding="async"
        loading={eager ? 'eager' : 'lazy'}
      />
    </div>
  );
}

const LINES = [28, 38, 48, 58, 68] as const;

/** Artwork that is not there: five empty lines behind a wordless obi. */
export function Stave({
  tone = 'quiet',
  obi = true,
}: {
  readonly tone?: 'quiet' | 'accent' | 'danger';
  readonly obi?: boolean;
}) {
  return (
    <svg
      className={tone === 'quiet' ? 'stave' : `stave stave-${tone}`}
      viewBox="0 0 96 96"
      aria-hidden="true"
    >
      {obi && <rect width="16.3" height="96" />}
      {LINES.map((y) => (
        <line key={y} x1="16.3" x2="96" y1={y} y2={y} vectorEffect="non-scaling-stroke" />
      ))}
    </svg>
  );
}
