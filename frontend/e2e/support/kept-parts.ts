import type { Page } from 'playwright-core';

const PREFIX = 'kanade-offline-';

export const offlineDatabases = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async (prefix) => {
    const all = await indexedDB.databases();
    return all.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : []));
  }, PREFIX);

/** All parts that the page keeps, as they lie in its database, and whether their key could be taken out. */
export const keptParts = (
  page: Page,
): Promise<{ readonly parts: readonly string[]; readonly canExport: boolean }> =>
  page.evaluate(async (prefix) => {
    const answer = <T>(request: IDBRequest): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result as T);
        request.onerror = () => reject(new Error(String(request.error)));
      });
    const all = await indexedDB.databases();
    const name = all.find((each) => each.name?.startsWith(prefix))?.name ?? '';
    const db = await answer<IDBDatabase>(indexedDB.open(name));
    const read = db.transaction(['parts', 'facts']);
    const [kept, key] = await Promise.all([
      answer<{ bytes: ArrayBuffer }[]>(read.objectStore('parts').getAll()),
      answer<CryptoKey>(read.objectStore('facts').get('key')),
    ]);
    db.close();
    const canExport = await crypto.subtle.exportKey('raw', key).then(
      () => true,
      () => false,
    );
    const encoded = kept.map(({ bytes }) =>
      btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('')),
    );
    return { parts: encoded, canExport };
  }, PREFIX);
