import type { SealedPart } from './kept';

const IV_BYTES = 12;

/** Never leaves the browser, not even for the page: whoever copies the database has bytes and no key. */
export const newKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

const named = (place: string) => new TextEncoder().encode(place);

/** `place` is sealed in: a part opens only as the part that it is. */
export const seal = async (key: CryptoKey, place: string, bytes: ArrayBuffer): Promise<SealedPart> => {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const how = { name: 'AES-GCM', iv, additionalData: named(place) };
  return { iv, bytes: await crypto.subtle.encrypt(how, key, bytes) };
};

/** @throws DOMException for any byte that is not as it was sealed */
export const unseal = (key: CryptoKey, place: string, { iv, bytes }: SealedPart): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: named(place) }, key, bytes);
