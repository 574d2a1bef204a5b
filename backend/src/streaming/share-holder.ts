import { createHash } from 'node:crypto';

/**
 * In whose name a share's media addresses are signed: they end with the share, and with every right of its maker. No
 * session's or key's name looks like it: those are hexadecimal after the line.
 */
export const shareHolder = (makerId: string, shareId: string): string =>
  `${makerId}_s${createHash('sha256').update(`share ${shareId}`).digest('hex').slice(0, 15)}`;

export const isShareHolder = (holder: string): boolean => holder.includes('_s');
