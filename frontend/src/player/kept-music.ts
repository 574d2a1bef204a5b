import { keptUser } from '../offline/kept-user';
import type { StreamCodec } from './codec-choice';
import type { GrantedItem } from './queue-timeline';

/** Music that lies in this browser, whoever keeps it there. */
export interface KeptMusic {
  find(trackId: string, codec: StreamCodec): GrantedItem | undefined;
  codecOf(trackId: string): StreamCodec | null;
  read(address: string): Promise<ArrayBuffer | null>;
}

let kept: Promise<KeptMusic | null> | null = null;
let known: KeptMusic | null = null;

/** What plays from now on is looked for there first. */
export const setKeptMusic = (music: Promise<KeptMusic | null> | null): void => {
  kept = music;
  known = null;
  void music?.then((each) => {
    if (kept === music) known = each;
  });
};

/** Also before whoever keeps it has begun with the page: who presses play at once hears it from there, too. */
export const keptMusic = async (): Promise<KeptMusic | null> => {
  if (kept !== null) return kept;
  if (keptUser() === null) return null;
  const { currentLibrary } = await import('../offline/current-library');
  return currentLibrary();
};

/** Whether it plays without a network, as far as that is known by now. */
export const isKept = (trackId: string): boolean => known?.codecOf(trackId) != null;
