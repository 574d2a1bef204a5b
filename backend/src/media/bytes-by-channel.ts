/** Child to parent: a piece of one of the files of the request. Without a length: how long that file is. */
export interface BytesWish {
  readonly wish: number;
  readonly file: number;
  readonly position: number;
  readonly length: number;
}

/** Parent to child: the piece, shorter at the end of the file; a size has eight bytes. Or why there is none. */
export type BytesBrought = { readonly wish: number } & (
  { readonly bytes: Uint8Array } | { readonly code: string }
);

export type ServeBytes = (wish: BytesWish) => Promise<Uint8Array>;

export const isWish = (message: unknown): message is BytesWish =>
  typeof message === 'object' && message !== null && 'wish' in message;
