import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NetCanary } from '../../test/support/canaries.js';
import { CORPUS, corpusFiles, faultsOf, hasCorpus, judgeAll } from '../../test/support/corpus.js';
import { ToneFolder } from '../../test/support/tones.js';
import { encodeRungs } from './encode.js';
import { hashAudio, measure } from './facts.js';
import { findFfmpeg } from './find-ffmpeg.js';
import { LADDER } from './ladder.js';
import { MediaError } from './media-error.js';
import { TagReaderPool } from './tag-reader-pool.js';

let tones: ToneFolder;
let canary: NetCanary;
beforeAll(async () => {
  tones = await ToneFolder.create();
  canary = await NetCanary.listen();
  await tones.wav('private.wav');
  for (const name of ['private.mp3', 'private.flac', 'private.ts']) await tones.convert('private.wav', name);
});
afterAll(async () => {
  canary.close();
  await tones.remove();
});

const hls = (target: string): string =>
  `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10.0,\n${target}\n#EXT-X-ENDLIST\n`;
const dash = (target: string): string =>
  `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT1S"><Period>` +
  `<AdaptationSet mimeType="audio/mp4"><Representation id="a" bandwidth="1"><BaseURL>${target}</BaseURL></Representation>` +
  `</AdaptationSet></Period></MPD>`;

/** What calls itself music and names other files, or somebody on the network. */
const disguises = (): Readonly<Record<string, string>> => {
  const web = `http://127.0.0.1:${canary.port}/a.ts`;
  const victims = ['private.mp3', 'private.flac', 'private.ts'].map((name) => tones.path(name));
  return {
    ...Object.fromEntries(victims.map((victim, index) => [`hls-${index}.mp3`, hls(victim)])),
    'hls-relative.m4a': hls('private.mp3'),
    'hls-file.ogg': hls(`file://${tones.path('private.mp3')}`),
    'hls-web.mp3': hls(web),
    'hls.m3u8': hls(web),
    'concat.flac': 'ffconcat version 1.0\nfile private.wav\n',
    'concat-whole.mp3': `ffconcat version 1.0\nfile ${tones.path('private.wav')}\n`,
    'concat-web.mp3': `ffconcat version 1.0\nfile ${web}\n`,
    'sdp.mp3': `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio ${canary.port} RTP/AVP 0\n`,
    'dash.m4a': dash(tones.path('private.mp3')),
    'dash-web.m4a': dash(web),
    'sami.mp3': `<SAMI><BODY><SYNC Start=0><P>${web}</SYNC></BODY></SAMI>`,
    'private%d.flac': 'x',
    'concat:private.wav': 'x',
  };
};

/** Those written for this purpose beside the project: the victim and the listener are put in. */
async function ownHostile(): Promise<Readonly<Record<string, string>>> {
  if (!hasCorpus) return {};
  const files = await corpusFiles(join(CORPUS, 'own-hostile'));
  const texts = files.map(async (file) => {
    const text = (await readFile(file, 'latin1'))
      .replace(/127\.0\.0\.1:\d+/g, `127.0.0.1:${canary.port}`)
      .replace(/\/etc\/passwd|\/var\/lib\/victim\/private\.opus/g, tones.path('private.mp3'))
      .replace('other_user/private.wav', 'private.wav');
    return [`own-${basename(file)}`, text] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

const PROGRAMS = [
  ["the machine's ffmpeg", undefined],
  ['the ffmpeg of the npm package', ''],
] as const;

describe('a playlist that calls itself music', () => {
  it('would be followed by an ffmpeg that is not told otherwise', async () => {
    await tones.write('control.mp3', Buffer.from(hls(tones.path('private.mp3'))));
    expect((await tones.pcm('control.mp3')).length).toBeGreaterThan(10_000);
  });

  it.each(PROGRAMS)(
    'yields no sound of another file and calls nobody, by the allow-lists alone (%s)',
    async (_, searchPath) => {
      // The walls of the room are left out: the lists must hold where a system has no namespaces.
      const tools = {
        ...(await findFfmpeg(searchPath === undefined ? {} : { searchPath })),
        walls: 'limits',
      } as const;
      const heard: string[] = [];
      for (const [name, text] of Object.entries({ ...disguises(), ...(await ownHostile()) })) {
        const path = await tones.write(name, Buffer.from(text, 'latin1'));
        const source = { path, sampleRateHz: 44_100, channels: 2, bitDepth: 16 };
        let bytes = 0;
        const attempts = [
          () => measure(tools, path),
          () => hashAudio(tools, path),
          () =>
            encodeRungs(tools, source, LADDER.slice(0, 1), {
              onChunk: (_rung, chunk) => void (bytes += chunk.length),
            }),
        ];
        for (const attempt of attempts) {
          const end: unknown = await attempt().catch((error: unknown) => error);
          if (!(end instanceof MediaError) || end.message === '') heard.push(name);
        }
        if (bytes > 0) heard.push(`${name}: ${bytes} bytes`);
      }
      expect(heard).toEqual([]);
      expect(canary.connections).toBe(0);
    },
  );
});

describe('a handful of the ugly files beside the project (skipped where there is no ../shared/data/fixtures)', () => {
  const EACH = 16;

  (hasCorpus ? it : it.skip)(
    'each ends ready or rejected with a reason; npm run test:long takes them all',
    async () => {
      const pool = new TagReaderPool({
        child: {
          file: join(import.meta.dirname, 'tag-reader-child.ts'),
          execArgv: [
            ...['--experimental-transform-types', '--import'],
            join(import.meta.dirname, '../../test/support/typescript-hooks.mjs'),
          ],
        },
      });
      const files = (await corpusFiles()).filter((_, index) => index % EACH === 0);
      const verdicts = await judgeAll(tones.tools, pool, files);
      pool.close();
      expect(verdicts.flatMap(faultsOf)).toEqual([]);
    },
  );
});
