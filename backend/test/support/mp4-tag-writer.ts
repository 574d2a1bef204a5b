/** Writes iTunes-style tags into an M4A whose index comes last, so that no offset changes. */
export type Mp4Atom =
  | { readonly name: string; readonly texts: readonly string[] }
  | { readonly name: string; readonly bytes: Buffer }
  | { readonly freeform: string; readonly texts: readonly string[] };

const box = (type: string, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};

const UTF8 = 1;
const IMPLICIT = 0;
const INTEGER = 21;
const data = (type: number, value: Buffer): Buffer =>
  box('data', Buffer.from([0, 0, 0, type, 0, 0, 0, 0]), value);
const named = (type: string, text: string): Buffer => box(type, Buffer.alloc(4), Buffer.from(text));

function atomBox(atom: Mp4Atom): Buffer {
  if ('freeform' in atom)
    return box(
      '----',
      named('mean', 'com.apple.iTunes'),
      named('name', atom.freeform),
      ...atom.texts.map((text) => data(UTF8, Buffer.from(text))),
    );
  return 'bytes' in atom
    ? box(atom.name, data(atom.bytes.length === 1 ? INTEGER : IMPLICIT, atom.bytes))
    : box(atom.name, ...atom.texts.map((text) => data(UTF8, Buffer.from(text))));
}

/** `trkn` and `disk`: number of total. */
export const numberOf = (number: number, total: number): Buffer =>
  Buffer.from([0, 0, 0, number, 0, total, 0, 0]);

export function retagM4a(m4a: Buffer, atoms: readonly Mp4Atom[]): Buffer {
  const handler = box('hdlr', Buffer.alloc(8), Buffer.from('mdirappl'), Buffer.alloc(9));
  const tags = box('udta', box('meta', Buffer.alloc(4), handler, box('ilst', ...atoms.map(atomBox))));
  return Buffer.concat(
    boxes(m4a).map((top) => {
      if (boxType(top) !== 'moov') return top;
      return box('moov', ...boxes(top.subarray(8)).filter((child) => boxType(child) !== 'udta'), tags);
    }),
  );
}

const boxType = (bytes: Buffer): string => bytes.toString('latin1', 4, 8);

function boxes(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    found.push(bytes.subarray(at, at + length));
    at += length;
  }
  return found;
}
