/** The project itself, which npm names in one of the two files only. */
const ROOT_PACKAGE = '';

/**
 * Pure: does what npm says it installed (node_modules/.package-lock.json) match the lockfile? Lets an
 * installation made by `npm install` or `npm ci` by hand be recognised instead of being made again. What is
 * optional may be missing: other platforms' binaries always are.
 */
export function installedMatches(wanted, installed) {
  const known = Object.entries(wanted.packages ?? {}).filter(([path]) => path !== ROOT_PACKAGE);
  const present = installed.packages ?? {};
  const same = known.every(([path, entry]) => {
    const there = present[path];
    if (there === undefined) return entry.optional === true || entry.devOptional === true;
    return (
      there.version === entry.version && there.integrity === entry.integrity && there.link === entry.link
    );
  });
  const names = new Set([ROOT_PACKAGE, ...known.map(([path]) => path)]);
  return same && Object.keys(present).every((path) => names.has(path));
}
