import { renderArtwork } from './artwork.js';
import type { ArtworkAnswer, ArtworkRequest } from './artwork-renderer.js';
import { MediaError } from './media-error.js';

/** The process in which foreign pictures are decoded. */
process.on('disconnect', () => process.exit());
process.on('message', (request: ArtworkRequest) => void answer(request));

async function answer({ source }: ArtworkRequest): Promise<void> {
  const reply: ArtworkAnswer = await renderArtwork(source).then(
    (artwork) => ({ artwork }),
    (error: unknown) => ({
      problem: error instanceof MediaError ? error.message : 'The cover cannot be read.',
    }),
  );
  process.send?.(reply);
}
