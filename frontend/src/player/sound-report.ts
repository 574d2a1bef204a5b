/** What really sounds, for those who show it; null is not known. */
export interface SoundReport {
  /** Of the part that sounds, counted in its bytes. */
  readonly measuredKbps: number | null;
  readonly sampleRateHz: number | null;
  readonly bufferedAheadSeconds: number | null;
  /** Another codec was chosen, and begins with the next track. */
  readonly codecWaits: boolean;
}
