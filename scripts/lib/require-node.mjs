// Imported first by every script. Kept free of newer syntax and of named imports that old versions lack, so
// that an old Node reads this far and can say what is wrong instead of failing on a word it does not know.
const [major] = process.versions.node.split('.').map(Number);

if (major < 20) {
  console.error(
    `Kanade needs Node 20 or later to begin with; this is Node ${process.versions.node}.\n` +
      'A current one is at https://nodejs.org; everything else Kanade installs by itself.',
  );
  process.exit(1);
}
