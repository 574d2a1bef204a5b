import { watch } from 'node:fs';

/** Calls once after a burst of changes has settled: an editor or a checkout touches many files in a moment. */
export function settled(work, quietMs) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, quietMs);
  };
}

/** Watches whole folders; answers how to stop. What editors write beside the files is not a change. */
export function watchFolders(folders, onChange, quietMs = 200) {
  const changed = settled(onChange, quietMs);
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, (_event, name) => {
      if (name !== null && !/(^|[\\/])\.|~$/.test(name)) changed();
    }),
  );
  return () => watchers.forEach((watcher) => watcher.close());
}

/** Runs one at a time; asked again meanwhile, once more afterwards and not once for each asking. */
export function oneAtATime(work) {
  let running;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await work();
    } while (again);
  };
  return () => {
    if (running !== undefined) again = true;
    else running = run().finally(() => (running = undefined));
    return running;
  };
}

/** Pure: what one line of `tsc --watch` says about the round that just ended; undefined for any other line. */
export function compilerErrors(line) {
  const found = /Found (\d+) errors?\b.*Watching for file changes/.exec(line);
  return found === null ? undefined : Number(found[1]);
}
