const TYPES: Readonly<Record<string, string>> = {
  aac: 'audio/aac',
  aif: 'audio/aiff',
  aiff: 'audio/aiff',
  ape: 'audio/x-ape',
  dff: 'audio/x-dff',
  dsf: 'audio/x-dsf',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  m4b: 'audio/mp4',
  mka: 'audio/x-matroska',
  mp3: 'audio/mpeg',
  mp4: 'audio/mp4',
  mpc: 'audio/x-musepack',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  tta: 'audio/x-tta',
  wav: 'audio/wav',
  wma: 'audio/x-ms-wma',
  wv: 'audio/x-wavpack',
};

/** By a table of our own, never from the file: a browser must not be talked into reading music as a page. */
export const originalType = (name: string): string => {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return (Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined) ?? 'application/octet-stream';
};

/** Changes with every write to the file, also one that leaves its length. */
export const originalTag = (stat: {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
}): string => `"${stat.size.toString(36)}-${stat.mtimeNs.toString(36)}-${stat.ino.toString(36)}"`;
