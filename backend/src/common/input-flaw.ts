/** Deeper than anything that is asked for: a rule of rules of rules, and still far from what a stack holds. */
const DEEPEST = 64;

export interface InputFlaw {
  readonly field: string;
  readonly message: string;
}

/**
 * Pure: what no field of any request may hold: a NUL, which Postgres keeps in no text, and nesting without end, which
 * breaks whoever follows it by calling themselves. Without recursion, for that reason.
 */
export const inputFlaw = (input: unknown): InputFlaw | null => {
  const open: { readonly value: unknown; readonly path: string; readonly depth: number }[] = [
    { value: input, path: '', depth: 0 },
  ];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const { value, path, depth } = each;
    if (typeof value === 'string' && value.includes('\0'))
      return { field: path, message: 'must not hold NUL' };
    if (typeof value !== 'object' || value === null) continue;
    if (depth === DEEPEST) return { field: path.split('.', 1)[0] ?? '', message: 'is nested too deeply' };
    for (const [name, inner] of Object.entries(value)) {
      if (name.includes('\0')) return { field: path, message: 'must not hold NUL' };
      open.push({ value: inner, path: path === '' ? name : `${path}.${name}`, depth: depth + 1 });
    }
  }
  return null;
};
