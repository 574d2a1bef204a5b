/** As PHC writes argon2id: parameters, 16 bytes of salt, 32 of hash, both base64 without padding. */
const ARGON2ID = /^\$argon2id\$v=19\$m=\d{1,8},t=\d{1,3},p=\d{1,3}\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/;

/** Whether a stored text is the hash of a password, without trying one. */
export const isPasswordHash = (text: string): boolean => ARGON2ID.test(text);
