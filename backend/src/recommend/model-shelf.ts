import { mkdir, open, readFile, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelState } from '@kanade/ml';
import { z } from 'zod';
import { isMissingFile } from '../common/error-code.js';
import { fromFiles, sha256, stateFilesSchema, toFiles } from './model-files.js';

/** A model of another schema is not read: the next training makes one of ours. */
const SCHEMA_VERSION = 1;
const KEPT = 3;
const MANIFEST = 'manifest.json';
const ITEMS = 'items.json';
const CURRENT = 'current';

const manifestSchema = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  version: z.string(),
  madeAt: z.iso.datetime(),
  rung: z.string(),
  settings: z.record(z.string(), z.number()),
  listeners: z.int(),
  items: z.object({ sha256: z.string() }),
  state: stateFilesSchema,
});

export interface ShelvedModel {
  readonly version: string;
  readonly madeAt: string;
  readonly rung: string;
  readonly settings: Readonly<Record<string, number>>;
  readonly listeners: number;
  /** Which track each item is. */
  readonly trackIds: readonly string[];
  readonly state: ModelState;
}

/** Versions sort by their time. */
const isVersion = (name: string): boolean => /^[0-9a-f-]{36}$/.test(name);

/** The models that were made, each a folder; `current` points to the one that serves. */
export class ModelShelf {
  constructor(private readonly folder: string) {}

  /** It serves from the moment on at which this resolves, and whole or not at all. */
  async put({ trackIds, state, ...facts }: ShelvedModel): Promise<void> {
    const written = toFiles(state);
    const items = Buffer.from(JSON.stringify(trackIds));
    const manifest = {
      schemaVersion: SCHEMA_VERSION,
      ...facts,
      items: { sha256: sha256(items) },
      state: written.state,
    };
    const aside = join(this.folder, `.new-${facts.version}`);
    await mkdir(aside, { recursive: true });
    for (const [file, bytes] of written.files) await writeSynced(join(aside, file), bytes);
    await writeSynced(join(aside, ITEMS), items);
    await writeSynced(join(aside, MANIFEST), Buffer.from(JSON.stringify(manifest, null, 1)));
    await syncFolder(aside);
    await rename(aside, join(this.folder, facts.version));
    await this.point(facts.version);
    await this.prune();
  }

  /** The version that serves; null where there is none. */
  async currentVersion(): Promise<string | null> {
    try {
      const version = await readlink(join(this.folder, CURRENT));
      return isVersion(version) ? version : null;
    } catch (error) {
      if (isMissingFile(error)) return null;
      throw error;
    }
  }

  /** Newest first. */
  async versions(): Promise<string[]> {
    try {
      return (await readdir(this.folder)).filter(isVersion).sort().reverse();
    } catch (error) {
      if (isMissingFile(error)) return [];
      throw error;
    }
  }

  /** @throws Error that says what is wrong with it */
  async read(version: string): Promise<ShelvedModel> {
    const file = (name: string): Promise<Buffer> => readFile(join(this.folder, version, name));
    const { items, state, ...facts } = manifestSchema.parse(
      JSON.parse((await file(MANIFEST)).toString('utf8')),
    );
    const ids = await file(ITEMS);
    if (sha256(ids) !== items.sha256) throw new Error(`${ITEMS} is not what was written`);
    const trackIds = z.array(z.string()).parse(JSON.parse(ids.toString('utf8')));
    const restored = await fromFiles(state, file);
    if (trackIds.length !== restored.itemCount)
      throw new Error(`the model has ${restored.itemCount} items, and ${trackIds.length} tracks are named`);
    return { ...facts, trackIds, state: restored };
  }

  async point(version: string): Promise<void> {
    const next = join(this.folder, `.${CURRENT}`);
    await rm(next, { force: true });
    await symlink(version, next);
    await rename(next, join(this.folder, CURRENT));
    await syncFolder(this.folder);
  }

  private async prune(): Promise<void> {
    const current = await this.currentVersion();
    const old = (await this.versions()).slice(KEPT).filter((version) => version !== current);
    for (const version of old) await rm(join(this.folder, version), { recursive: true, force: true });
    for (const name of await readdir(this.folder))
      if (name.startsWith('.new-')) await rm(join(this.folder, name), { recursive: true, force: true });
  }
}

const writeSynced = async (path: string, bytes: Uint8Array): Promise<void> => {
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
