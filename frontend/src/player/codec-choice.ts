export type StreamCodec = 'opus' | 'aac';

/** Chosen once a session: within it only the bitrate adapts, never the codec (a mixed set does not come back down). */
export const chooseCodec = (supports: (type: string) => boolean): StreamCodec =>
  supports('audio/mp4; codecs="opus"') ? 'opus' : 'aac';

/** What manifests call it, for the preference that leaves only this codec's variants. */
export const MANIFEST_CODECS: Readonly<Record<StreamCodec, readonly string[]>> = {
  opus: ['opus'],
  aac: ['mp4a.40.2', 'mp4a'],
};
