/** Why a library is left as it is until an administrator looks (TRUST: an unmounted folder never empties the catalogue). */
export type HoldCode = 'ROOT_ABSENT' | 'ROOT_EMPTY' | 'ROOT_REPLACED' | 'MANY_FILES_GONE';

export interface Hold {
  readonly code: HoldCode;
  readonly reason: string;
}

/** Kept in held_code for the one scan that follows an administrator's confirmation. */
export const CONFIRMED = 'CONFIRMED';

export interface Loss {
  /** Files that were there at the last scan. */
  readonly known: number;
  readonly gone: number;
  readonly root: 'absent' | 'empty' | 'present';
  /** The root lies on another disk than at the last scan. */
  readonly onOtherDevice: boolean;
}

const AND_NOW =
  'Nothing was changed. If this is right, confirm it; otherwise bring the folder back and scan again.';

/** Pure: null when the files that are gone may be marked missing. */
export const holdFor = ({ known, gone, root, onOtherDevice }: Loss): Hold | null => {
  if (known === 0 || gone === 0) return null;
  if (root === 'absent')
    return {
      code: 'ROOT_ABSENT',
      reason: `The music folder is not there; it held ${known} files. ${AND_NOW}`,
    };
  if (root === 'empty')
    return { code: 'ROOT_EMPTY', reason: `The music folder is empty; it held ${known} files. ${AND_NOW}` };
  if (onOtherDevice)
    return {
      code: 'ROOT_REPLACED',
      reason: `The music folder lies on another disk than before, and ${gone} of ${known} files are not there. ${AND_NOW}`,
    };
  if (gone * 2 > known)
    return { code: 'MANY_FILES_GONE', reason: `${gone} of ${known} files are gone at once. ${AND_NOW}` };
  return null;
};
