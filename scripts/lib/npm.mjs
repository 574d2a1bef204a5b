import { basename } from 'node:path';

/** npm as it was called, else the one in PATH: `npm_execpath` also works where npm is only a shell function. */
export function npmCommand(
  args,
  { env = process.env, node = process.execPath, platform = process.platform } = {},
) {
  const cli = env.npm_execpath;
  if (cli !== undefined && basename(cli) === 'npm-cli.js') return [node, [cli, ...args]];
  return [platform === 'win32' ? 'npm.cmd' : 'npm', args];
}
