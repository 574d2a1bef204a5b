import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const require = createRequire(import.meta.url);

/** What the page of a player of somebody else's leaves behind. */
export interface Heard {
  readonly durationSeconds: number;
  readonly endedAtSeconds: number;
  readonly errors: readonly string[];
}

/** Faster than life, so that a test does not take as long as the music. */
const RATE = 4;

const PLAYERS = {
  'dash.js': {
    script: 'dashjs',
    /** One codec of a manifest that offers several, as a device that knows only one would see it. */
    start: (url: string, codec: string): string => `
      const player = dashjs.MediaPlayer().create();
      player.registerCustomCapabilitiesFilter(({ id }) => id.startsWith(${JSON.stringify(codec)}));
      player.on('error', ({ error }) => errors.push(error.message));
      // Where its own clock sees the end before the element tells of it, it pauses the element, which then never does.
      player.on('playbackEnded', ({ isLast }) => isLast && setTimeout(ended));
      player.initialize(audio, ${JSON.stringify(url)}, true);`,
  },
  Shaka: {
    script: 'shaka-player',
    start: (url: string, codec: string): string => `
      const player = new shaka.Player();
      player.addEventListener('error', ({ detail }) => errors.push('error ' + detail.code));
      player.configure({ preferredAudio: [{ codec: ${JSON.stringify(codec)} }] });
      player.attach(audio).then(() => player.load(${JSON.stringify(url)})).then(() => audio.play());`,
  },
  'hls.js': {
    script: 'hls.js',
    start: (url: string): string => `
      const player = new Hls();
      player.on(Hls.Events.ERROR, (_, { fatal, details }) => fatal && errors.push(details));
      player.loadSource(${JSON.stringify(url)});
      player.attachMedia(audio);
      audio.play();`,
  },
} as const;
export type ForeignPlayer = keyof typeof PLAYERS;

/** Plays an address of the server, from a moment on, to its end in a player that knows nothing of ours, on a page of the same origin. */
export const playToEnd = async (
  page: Page,
  origin: string,
  player: ForeignPlayer,
  url: string,
  codec: string,
  { fromSeconds = 0 } = {},
): Promise<Heard> => {
  const { script, start } = PLAYERS[player];
  const html = `<!doctype html><title>${player}</title><audio></audio><script src="/foreign/player.js"></script>
    <script>
      const errors = [];
      const audio = document.querySelector('audio');
      audio.addEventListener('playing', () => { audio.playbackRate = ${RATE}; });
      audio.addEventListener('playing', () => { if (${fromSeconds} > 0) audio.currentTime = ${fromSeconds}; }, { once: true });
      audio.addEventListener('error', () => errors.push(audio.error.message));
      const ended = () => {
        globalThis.heard = { durationSeconds: audio.duration, endedAtSeconds: audio.currentTime, errors };
      };
      audio.addEventListener('ended', ended);
      addEventListener('error', ({ message }) => errors.push(message));
      /** What a player that never ended says of itself. */
      globalThis.stateOf = () => {
        const { currentTime, duration, paused, ended, seeking, readyState, buffered } = audio;
        const ranges = Array.from({ length: buffered.length }, (_, at) => [buffered.start(at), buffered.end(at)]);
        return JSON.stringify({ errors, currentTime, duration, paused, ended, seeking, readyState, ranges });
      };
      ${start(url, codec)}
    </script>`;
  await page.route('**/foreign/player.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: html }),
  );
  await page.route('**/foreign/player.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: readFileSync(require.resolve(script), 'utf8') }),
  );
  await page.goto(`${origin}/foreign/player.html`);
  const heard = await page
    .waitForFunction(() => Reflect.get(globalThis, 'heard') as Heard | undefined)
    .catch(async (error: unknown) => {
      const state = await page.evaluate(() => (Reflect.get(globalThis, 'stateOf') as () => string)());
      throw new Error(`${player} did not come to the end of ${url}: ${state}`, { cause: error });
    });
  return (
    (await heard.jsonValue()) ?? { durationSeconds: 0, endedAtSeconds: 0, errors: ['nothing was heard'] }
  );
};
