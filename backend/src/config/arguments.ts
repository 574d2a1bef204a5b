import { OPTIONS, type OptionName } from './options.js';

export interface RawOptions {
  readonly values: Readonly<Partial<Record<OptionName, readonly string[]>>>;
  readonly help: boolean;
  readonly problems: readonly string[];
}

const FLAGS: ReadonlyMap<string, OptionName> = new Map(
  Object.entries(OPTIONS).flatMap(([name, option]) =>
    option.flag === null || !isOptionName(name) ? [] : [[option.flag, name] as const],
  ),
);

function isOptionName(name: string): name is OptionName {
  return name in OPTIONS;
}

/** Reads `--flag value` and `--flag=value`; everything that is not understood is a problem, all of them at once. */
export const readArguments = (
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  listSeparator: string,
): RawOptions => {
  const problems: string[] = [];
  const values: Partial<Record<OptionName, string[]>> = {};
  let help = false;
  for (let i = 0; i < argv.length; i++) {
    const argument = argv[i] ?? '';
    if (argument === '--help' || argument === '-h') {
      help = true;
      continue;
    }
    const match = /^--([a-z-]+)(?:=(.*))?$/s.exec(argument);
    const name = match?.[1] === undefined ? undefined : FLAGS.get(match[1]);
    if (name === undefined) {
      problems.push(
        argument.startsWith('-') ? `unknown option ${argument}` : `unexpected argument “${argument}”`,
      );
      // Its value would only be a second complaint about the same thing.
      if (argument.startsWith('--') && !argument.includes('=') && argv[i + 1]?.startsWith('-') === false) i++;
      continue;
    }
    const inline = match?.[2];
    const next = argv[i + 1];
    const value = inline ?? (next === undefined || next.startsWith('--') ? undefined : next);
    if (inline === undefined && value !== undefined) i++;
    if (value === undefined || value === '') {
      problems.push(`--${OPTIONS[name].flag} needs a value (${OPTIONS[name].value})`);
      continue;
    }
    const earlier = values[name];
    if (earlier !== undefined && name !== 'music') problems.push(`--${OPTIONS[name].flag} is given twice`);
    values[name] = [...(earlier ?? []), value];
  }
  for (const name of Object.keys(OPTIONS).filter(isOptionName)) {
    const text = env[OPTIONS[name].variable];
    if (values[name] !== undefined || text === undefined || text === '') continue;
    values[name] = name === 'music' ? text.split(listSeparator).filter((part) => part !== '') : [text];
  }
  return { values, help, problems };
};
