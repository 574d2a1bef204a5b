import './lib/require-node.mjs';
import { ready } from './lib/setup.mjs';
import { main, say } from './lib/words.mjs';

await main(async () => {
  await ready();
  say('Everything is built.');
});
