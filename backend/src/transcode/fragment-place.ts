import { findBox, Mp4Error } from './mp4-boxes.js';

/** A fragment as it stands in its rendition: an encoder that begins in the middle counts from one and from zero. */
export const placedFragment = (fragment: Buffer, sequenceNumber: number, decodeTime: number): Buffer => {
  const mfhd = findBox(fragment, 'moof/mfhd');
  const tfdt = findBox(fragment, 'moof/traf/tfdt');
  if (mfhd === undefined || tfdt === undefined) throw new Mp4Error('a fragment without mfhd or tfdt');
  const placed = Buffer.from(fragment);
  placed.writeUInt32BE(sequenceNumber, mfhd.contentStart + 4);
  const isLong = placed.readUInt8(tfdt.contentStart) === 1;
  if (isLong) placed.writeBigUInt64BE(BigInt(decodeTime), tfdt.contentStart + 4);
  else placed.writeUInt32BE(decodeTime, tfdt.contentStart + 4);
  return placed;
};
