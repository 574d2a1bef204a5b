import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, isMissingFile } from '../common/error-code.js';
import { signingKey, type SigningKey } from './signing.js';

const SECRET_BYTES = 32;

/** In the data folder, for the service's own user alone; all API processes of an installation share it. */
export const signingKeyPath = (dataDir: string): string => join(dataDir, 'keys', 'media-signing.key');

/** Reads the key, or makes it at the first start. @throws when the file is there but is no key */
export const loadSigningKey = async (dataDir: string): Promise<SigningKey> => {
  const path = signingKeyPath(dataDir);
  const found = await read(path);
  if (found !== undefined) return found;
  await create(path);
  const made = await read(path);
  if (made === undefined) throw new Error(`the signing key ${path} went away as soon as it was made`);
  return made;
};

/** Without making one: undefined when it is not there. @throws when the file is there but is no key */
export const findSigningKey = (dataDir: string): Promise<SigningKey | undefined> =>
  read(signingKeyPath(dataDir));

/** Media URLs in use end. */
export const replaceSigningKey = async (dataDir: string): Promise<void> => {
  await rm(signingKeyPath(dataDir), { force: true });
  await loadSigningKey(dataDir);
};

const read = async (path: string): Promise<SigningKey | undefined> => {
  try {
    const text = (await readFile(path, 'utf8')).trim();
    if (!/^[0-9a-f]{64}$/.test(text))
      throw new Error(
        `${path} is not a signing key: remove it, and a new one is made (media URLs in use end).`,
      );
    return signingKey(Buffer.from(text, 'hex'));
  } catch (error) {
    if (isMissingFile(error)) return undefined;
    throw error;
  }
};

/** Whole under its name or not at all; of processes that start together the first one's key is everybody's. */
const create = async (path: string): Promise<void> => {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${randomBytes(8).toString('hex')}.draft`);
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(SECRET_BYTES).toString('hex')}\n`);
    await handle.sync();
    await link(draft, path).catch((error: unknown) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    });
    const folderHandle = await open(folder, 'r');
    await folderHandle.sync().finally(() => folderHandle.close());
  } finally {
    await handle.close();
    await rm(draft, { force: true });
  }
};
