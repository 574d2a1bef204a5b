interface Wanted<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}

/** Asks once for all that is wanted in the same moment, so that a list of rows is one request. */
export class Batch<Key, Value> {
  readonly #wanted = new Map<Key, Wanted<Value>>();

  /** `most`: how many are asked for at once. `ask` answers in the order of its keys. */
  constructor(
    private readonly ask: (keys: readonly Key[]) => Promise<readonly Value[]>,
    private readonly most: number,
  ) {}

  get(key: Key): Promise<Value> {
    const known = this.#wanted.get(key);
    if (known) return known.promise;
    if (this.#wanted.size === 0) setTimeout(() => this.#flush());
    const wanted = newWanted<Value>();
    this.#wanted.set(key, wanted);
    return wanted.promise;
  }

  #flush(): void {
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    for (let from = 0; from < wanted.length; from += this.most)
      void this.#askFor(wanted.slice(from, from + this.most));
  }

  async #askFor(wanted: readonly (readonly [Key, Wanted<Value>])[]): Promise<void> {
    try {
      const values = await this.ask(wanted.map(([key]) => key));
      for (const [at, [, { resolve, reject }]] of wanted.entries()) {
        const value = values[at];
        if (value === undefined) reject(new Error('an answer is missing'));
        else resolve(value);
      }
    } catch (error) {
      for (const [, { reject }] of wanted) reject(error);
    }
  }
}

const newWanted = <Value>(): Wanted<Value> => {
  let settle: Omit<Wanted<Value>, 'promise'> | undefined;
  const promise = new Promise<Value>((resolve, reject) => (settle = { resolve, reject }));
  if (!settle) throw new Error('a promise did not begin');
  return { promise, ...settle };
};
