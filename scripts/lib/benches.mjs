/** Pure: the programs among the files of bench/; what they share lies in folders of its own. */
export function benchNames(files) {
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.endsWith('.d.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** Pure: what is wrong with the name, in words, or undefined. */
export function complaint(name, names) {
  if (name !== undefined && names.includes(name)) return undefined;
  const list = names.length === 0 ? 'There is none yet.' : `There are: ${names.join(', ')}.`;
  const wrong = name === undefined ? 'Which figure?' : `There is no bench "${name}".`;
  return `${wrong} ${list}\nUsage: npm run bench -- NAME [--json FILE]`;
}
