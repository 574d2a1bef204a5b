export interface ZippedFile {
  readonly name: string;
  readonly crc: number;
  readonly bytes: Buffer;
}

/** The stored entries of a ZIP, by its directory. @throws Error when it is none, or compressed */
export const zipEntries = (zip: Buffer): ZippedFile[] => {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('this is no whole ZIP');
  const count = zip.readUInt16LE(end + 10);
  const entries: ZippedFile[] = [];
  for (let at = zip.readUInt32LE(end + 16); entries.length < count;) {
    if (zip.readUInt32LE(at) !== 0x02014b50 || zip.readUInt16LE(at + 10) !== 0)
      throw new Error('an entry is not stored');
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      zip.readUInt16LE(at + offset),
    );
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + (nameLength ?? 0)),
      crc: zip.readUInt32LE(at + 16),
      bytes: zip.subarray(start, start + zip.readUInt32LE(at + 24)),
    });
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return entries;
};
