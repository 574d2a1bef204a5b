/** A page over plain HTTP, but for one on this very machine, has neither the keys nor the worker that this needs. */
export const canKeep = (): boolean =>
  globalThis.isSecureContext && 'indexedDB' in globalThis && 'caches' in globalThis && 'locks' in navigator;
