import { appendFileSync } from 'node:fs';
import { findFfmpeg } from '../../backend/dist/media/find-ffmpeg.js';
import { openFirstPass } from './ingest.ts';

/** A scan in a process of its own, to be killed; it notes how many files it reads as it begins to read them. */
const [url = '', root = '', notes = ''] = process.argv.slice(2);
const pass = await openFirstPass(url, await findFfmpeg(), (paths) =>
  appendFileSync(notes, `${paths.length}\n`),
);
await pass.scan(root);
await pass.close();
