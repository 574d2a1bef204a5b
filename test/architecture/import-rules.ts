import { FLOORS, GATES, ROOT_FILES, WORKSPACES } from './floors.js';
import { edgesOf, workspaceOf, type Edge } from './resolve.js';
import { isTest, type Source } from './source.js';

/** Each rule answers its violations as sentences; none is the good answer. */
export type Rule = (sources: readonly Source[]) => string[];

const withoutTests = (sources: readonly Source[]): Source[] => sources.filter(({ file }) => !isTest(file));

const edgesBetweenFiles = (sources: readonly Source[]): { readonly from: string; readonly to: string }[] =>
  edgesOf(withoutTests(sources)).flatMap(({ from, target }) =>
    target.kind === 'file' ? [{ from, to: target.file }] : [],
  );

const roomOf = (file: string): string | undefined => /^backend\/src\/([^/]+)\//.exec(file)?.[1];
const floorOf = (room: string): number => FLOORS.findIndex((floor) => floor.includes(room));

export const everyRoomHasItsFloor: Rule = (sources) =>
  sources
    .filter(({ file }) => file.startsWith('backend/src/') && !isTest(file) && !ROOT_FILES.includes(file))
    .filter(({ file }) => floorOf(roomOf(file) ?? '') < 0)
    .map(({ file }) => `${file} stands in no room of test/architecture/floors.ts`);

export const importsGoDown: Rule = (sources) =>
  edgesBetweenFiles(sources).flatMap(({ from, to }) => {
    const room = roomOf(from);
    if (room === undefined || !to.startsWith('backend/src/')) return [];
    const below = roomOf(to);
    if (below === undefined) return [`${from} goes up to ${to}, which composes the rooms`];
    if (below === room || floorOf(below) > floorOf(room)) return [];
    return [`${from} goes ${floorOf(below) === floorOf(room) ? 'sideways' : 'up'} to ${to}`];
  });

export const workspacesKeepApart: Rule = (sources) =>
  edgesBetweenFiles(sources).flatMap(({ from, to }) => {
    const [own, other] = [workspaceOf(from), workspaceOf(to)];
    if (own === undefined || other === undefined || own === other) return [];
    return WORKSPACES[own]?.mayImport.includes(other) === true
      ? []
      : [`${from} (${own}) imports ${to} (${other})`];
  });

const packageEdges = (sources: readonly Source[]): { readonly from: string; readonly name: string }[] =>
  edgesOf(withoutTests(sources)).flatMap(({ from, target }: Edge) =>
    target.kind === 'package' ? [{ from, name: target.name }] : [],
  );

export const workspacesKeepToTheirPackages: Rule = (sources) =>
  packageEdges(sources).flatMap(({ from, name }) => {
    const workspace = WORKSPACES[workspaceOf(from) ?? ''];
    const outside = workspace?.onlyPackages?.some((allowed) => allowed.test(name)) === false;
    const never = workspace?.neverPackages?.some((forbidden) => forbidden.test(name)) === true;
    return outside || never ? [`${from} imports ${name}`] : [];
  });

export const gatesHold: Rule = (sources) =>
  GATES.flatMap((gate) => {
    const importers = [
      ...new Set(
        packageEdges(sources)
          .filter(({ name }) => gate.package.test(name))
          .map(({ from }) => from),
      ),
    ];
    const inside = importers.filter((file) => gate.through.test(file));
    const outside = importers.filter((file) => !gate.through.test(file));
    return [
      ...outside.map(
        (file) => `${file} imports ${gate.package.source}, which belongs to ${gate.through.source}`,
      ),
      ...(inside.length > gate.files
        ? [`${gate.package.source} is imported by ${inside.length} files: ${inside.join(', ')}`]
        : []),
    ];
  });

/** Tarjan: every set of files that reach each other by imports, named once. */
export const noCycles: Rule = (sources) => {
  const next = new Map<string, string[]>(withoutTests(sources).map(({ file }) => [file, []]));
  for (const { from, to } of edgesBetweenFiles(sources)) if (next.has(to)) next.get(from)?.push(to);
  const order = new Map<string, { readonly index: number; low: number }>();
  const stack: string[] = [];
  const cycles: string[] = [];
  const visit = (file: string): { low: number; readonly index: number } => {
    const own = { index: order.size, low: order.size };
    order.set(file, own);
    stack.push(file);
    for (const to of next.get(file) ?? []) {
      const seen = order.get(to);
      if (seen === undefined) own.low = Math.min(own.low, visit(to).low);
      else if (stack.includes(to)) own.low = Math.min(own.low, seen.index);
    }
    if (own.low === own.index) {
      const knot = stack.splice(stack.indexOf(file));
      const itself = next.get(file)?.includes(file) === true;
      if (knot.length > 1 || itself) cycles.push(`a cycle of imports: ${knot.sort().join(', ')}`);
    }
    return own;
  };
  for (const file of next.keys()) if (!order.has(file)) visit(file);
  return cycles;
};

export const IMPORT_RULES: Readonly<Record<string, Rule>> = {
  'every file of the backend stands in a room that has a floor': everyRoomHasItsFloor,
  'imports go down, never sideways or up': importsGoDown,
  'workspaces import only those they may': workspacesKeepApart,
  'migrations, ml and scripts keep to the packages they may know': workspacesKeepToTheirPackages,
  'each gate is passed by its own file alone': gatesHold,
  'no files import each other in a circle': noCycles,
};
