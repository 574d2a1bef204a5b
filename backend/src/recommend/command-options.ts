export const COMMANDS = ['train', 'status', 'rollback'] as const;
export type Command = (typeof COMMANDS)[number];

export const RECOMMEND_USAGE = `Trains the recommender now, tells how it stands, or lets the model before serve again.

  npm run recommend [-- train | status | rollback] [--data DIR]

  train       (when nothing is said) trains as every night does: the model serves if it passes the gates
  status      the models that are kept, and the last training with what each rung measured
  rollback    the model before the current one serves from now on
  --data DIR  the data folder (default ./data); DATABASE_URL counts as it does for the server

Kanade may be running or not. Exit code 0: done; 1: refused or failed, and the old model serves.`;

const isCommand = (word: string): word is Command => COMMANDS.some((command) => command === word);

/** Pure. @throws Error in words */
export const readCommand = (
  argv: readonly string[],
): { readonly command: Command; readonly rest: readonly string[] } => {
  const [first] = argv;
  if (first === undefined || first.startsWith('-')) return { command: 'train', rest: argv };
  if (!isCommand(first)) throw new Error(`“${first}” is none of ${COMMANDS.join(', ')}`);
  return { command: first, rest: argv.slice(1) };
};
