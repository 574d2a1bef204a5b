import { createHash, randomBytes } from 'node:crypto';
import { readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelState } from '../models/model.js';
import { syncDirectory, writeDirectory, writeDurably } from './durable.js';
import {
  FORMAT_VERSION,
  MANIFEST_FILE,
  assertFileName,
  parseManifest,
  type Manifest,
  type TrainingFacts,
} from './manifest.js';
import { ModelDirectoryError } from './model-directory-error.js';
import { stateFromFiles, stateToFiles, type Files } from './state-files.js';
import { isVersion, nextVersion } from './versions.js';

export interface StoredModel {
  readonly manifest: Manifest;
  readonly parts: Readonly<Record<string, ModelState>>;
  /** Files that say nothing to a model, such as which item is which row. */
  readonly attached: ReadonlyMap<string, Uint8Array>;
}

export interface NewModel {
  readonly training: TrainingFacts;
  readonly parts: Readonly<Record<string, ModelState>>;
  readonly attached?: ReadonlyMap<string, Uint8Array>;
}

const CURRENT = 'current';
const ASIDE = '.writing-';
const KEPT = 3;

/** Trained models in a folder, a directory a version; `current` is a file with the name of the one that is served. */
export class ModelStore {
  constructor(private readonly root: string) {}

  /** Writes a model that nobody is served yet, and tells its version. @throws ModelDirectoryError when a number is none. */
  async save({ training, parts, attached = new Map() }: NewModel, now = new Date()): Promise<string> {
    const version = nextVersion(now, await this.versions());
    const files: Files = new Map();
    const stored = Object.fromEntries(
      Object.entries(parts).map(([name, state]) => [name, stateToFiles(name, state, files)]),
    );
    for (const [name, bytes] of attached) {
      if (files.has(name)) throw new ModelDirectoryError('NAME_TAKEN', `two files are called ${name}`);
      files.set(name, bytes);
    }
    [...files.keys()].forEach(assertFileName);
    const manifest: Manifest = {
      formatVersion: FORMAT_VERSION,
      version,
      training,
      parts: stored,
      attached: [...attached.keys()],
      files: Object.fromEntries(
        [...files].map(([name, bytes]) => [name, { sizeBytes: bytes.length, sha256: sha256(bytes) }]),
      ),
    };
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    await writeDirectory(
      this.root,
      version,
      asideName(),
      new Map<string, Uint8Array | string>([...files, [MANIFEST_FILE, text]]),
    );
    return version;
  }

  /** From now on this version is served. @throws ModelDirectoryError when it cannot be read whole. */
  async makeCurrent(version: string): Promise<void> {
    await this.read(version);
    const aside = join(this.root, asideName());
    await writeDurably(aside, `${version}\n`);
    await rename(aside, join(this.root, CURRENT));
    await syncDirectory(this.root);
  }

  async currentVersion(): Promise<string | null> {
    const text = await readIfThere(join(this.root, CURRENT));
    const version = text?.toString('utf8').trim() ?? null;
    return version !== null && isVersion(version) ? version : null;
  }

  /** Oldest first. */
  async versions(): Promise<string[]> {
    const names = await readdir(this.root).catch(noneIfMissing);
    return names.filter(isVersion).sort();
  }

  /** @throws ModelDirectoryError, saying why, unless every byte is as it was written and of this format. */
  async read(version: string): Promise<StoredModel> {
    const manifest = parseManifest((await this.file(version, MANIFEST_FILE)).toString('utf8'));
    if (manifest.version !== version)
      throw new ModelDirectoryError('DAMAGED_FILE', `${version} says that it is ${manifest.version}`);
    const files: Files = new Map();
    for (const [name, { sizeBytes, sha256: hash }] of Object.entries(manifest.files)) {
      const bytes = await this.file(version, name);
      if (bytes.length !== sizeBytes || sha256(bytes) !== hash)
        throw new ModelDirectoryError('DAMAGED_FILE', `${version}: ${name} is not as it was written`);
      files.set(name, bytes);
    }
    return {
      manifest,
      parts: Object.fromEntries(
        Object.entries(manifest.parts).map(([name, stored]) => [name, stateFromFiles(stored, files)]),
      ),
      attached: new Map(manifest.attached.map((name) => [name, files.get(name) ?? new Uint8Array()])),
    };
  }

  async manifestOf(version: string): Promise<Manifest> {
    return parseManifest((await this.file(version, MANIFEST_FILE)).toString('utf8'));
  }

  /** The newest whole version older than the current one is served again; tells which. */
  async rollBack(): Promise<string> {
    const current = await this.currentVersion();
    const older = (await this.versions()).filter((version) => current !== null && version < current);
    for (const version of older.reverse()) {
      try {
        await this.makeCurrent(version);
        return version;
      } catch (error) {
        // A damaged one is not gone back to; the next older one may be whole.
        if (!(error instanceof ModelDirectoryError)) throw error;
      }
    }
    throw new ModelDirectoryError('NOTHING_OLDER', `there is no whole model older than ${current ?? 'none'}`);
  }

  /** Keeps the last ones and the current one; what a training that died had begun goes too. Nobody else may be writing. */
  async prune(kept = KEPT): Promise<string[]> {
    const current = await this.currentVersion();
    const versions = await this.versions();
    const leaving = versions
      .slice(0, Math.max(0, versions.length - kept))
      .filter((version) => version !== current);
    const begun = (await readdir(this.root).catch(noneIfMissing)).filter((name) => name.startsWith(ASIDE));
    for (const name of [...leaving, ...begun])
      await rm(join(this.root, name), { recursive: true, force: true });
    return leaving;
  }

  private async file(version: string, name: string): Promise<Buffer> {
    if (!isVersion(version))
      throw new ModelDirectoryError('MISSING', `${JSON.stringify(version)} is no version`);
    const bytes = await readIfThere(join(this.root, version, name));
    if (bytes === null) throw new ModelDirectoryError('MISSING', `${version} has no ${name}`);
    return bytes;
  }
}

const asideName = (): string => `${ASIDE}${randomBytes(6).toString('hex')}`;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  (error.code === 'ENOENT' || error.code === 'ENOTDIR');

const noneIfMissing = (error: unknown): string[] => {
  if (isMissing(error)) return [];
  throw error;
};

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
