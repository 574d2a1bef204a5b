/** A box of ISO 14496-12: its content lies at [contentStart, end) of the buffer it was found in. */
export interface Box {
  readonly type: string;
  readonly contentStart: number;
  readonly end: number;
}

export const BOX_HEADER_BYTES = 8;

export class Mp4Error extends Error {
  override readonly name = 'Mp4Error';
}

export const boxTypeAt = (buffer: Buffer, offset: number): string =>
  buffer.toString('latin1', offset + 4, offset + BOX_HEADER_BYTES);

/** The boxes between two offsets. A size that leaves the space it stands in is an error, never a read beyond it. */
export const boxesIn = (buffer: Buffer, start: number, end: number): readonly Box[] => {
  const boxes: Box[] = [];
  for (let offset = start; offset < end;) {
    const size = end - offset >= BOX_HEADER_BYTES ? buffer.readUInt32BE(offset) : 0;
    if (size < BOX_HEADER_BYTES || size > end - offset)
      throw new Mp4Error(`box of ${size} bytes at ${offset} does not fit into ${end - offset}`);
    boxes.push({
      type: boxTypeAt(buffer, offset),
      contentStart: offset + BOX_HEADER_BYTES,
      end: offset + size,
    });
    offset += size;
  }
  return boxes;
};

/** The first box at a path such as `moov/mvex/trex`. */
export const findBox = (buffer: Buffer, path: string): Box | undefined => {
  let space = { contentStart: 0, end: buffer.length };
  let found: Box | undefined;
  for (const type of path.split('/')) {
    found = boxesIn(buffer, space.contentStart, space.end).find((box) => box.type === type);
    if (found === undefined) return undefined;
    space = found;
  }
  return found;
};

/** A 32-bit field of a box's content; beyond the box is an error. */
export const fieldAt = (buffer: Buffer, box: Box, offset: number): number => {
  if (box.contentStart + offset + 4 > box.end)
    throw new Mp4Error(`${box.type} has no field at ${offset} of ${box.end - box.contentStart} bytes`);
  return buffer.readUInt32BE(box.contentStart + offset);
};
