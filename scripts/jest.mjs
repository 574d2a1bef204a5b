import './lib/require-node.mjs';
import { jest } from './lib/jest.mjs';
import { installed } from './lib/setup.mjs';
import { main } from './lib/words.mjs';

await main(async () => jest(await installed(), process.argv.slice(2)));
