interface ScriptAddresses {
  createScriptURL(address: string): string;
}
interface Vouching {
  createPolicy(name: string, rules: ScriptAddresses): ScriptAddresses;
}

declare global {
  interface Window {
    readonly trustedTypes?: Vouching;
  }
}

const ADDRESS = '/sw.js';

let vouched: string | null = null;

/** Where Trusted Types are enforced the address of a worker has to be vouched for: this one alone is. */
export const workerAddress = (): string => {
  const only = { createScriptURL: () => ADDRESS };
  vouched ??= window.trustedTypes?.createPolicy('kanade-worker', only).createScriptURL(ADDRESS) ?? ADDRESS;
  return vouched;
};
