/* global Buffer */
// Checks the signature of a media address in nginx itself: the rule of backend/src/streaming/signing.ts.
import crypto from 'crypto';
import fs from 'fs';

const QUERY = /^h=([A-Za-z0-9_.:-]{1,128})&e=([0-9]{1,12})&k=([0-9a-f]{8})&s=([A-Za-z0-9_-]{43})$/;
const PREFIX = /^\/media\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\//;
/** Files are read again after this long: a revoked holder hears no more than that. */
const REREAD_SECONDS = 10;

/** What a worker keeps between requests where njs keeps anything; elsewhere each request reads the two small files. */
const files = {};

function lines(path, now) {
  const known = files[path];
  if (known !== undefined && now - known.readAt < REREAD_SECONDS && now >= known.readAt) return known.lines;
  const read = fs.readFileSync(path, 'utf8').split('\n');
  files[path] = { readAt: now, lines: read };
  return read;
}

/** Each line of the key file is a key; what is signed names its key, so that a right signature has the right name. */
function isSigned(path, now, text, mac) {
  return lines(path, now).some(function (line) {
    if (!/^[0-9a-f]{64}$/.test(line)) return false;
    const secret = Buffer.from(line, 'hex');
    return same(crypto.createHmac('sha256', secret).update(text).digest('base64url'), mac);
  });
}

/** Lines of "holder" or "holder moment": all of a holder's addresses, or those signed to expire before a moment. */
function isRevoked(path, holder, expires, now) {
  // A user's name alone stands for all of their sessions.
  const user = holder.split('_')[0];
  return lines(path, now).some(function (line) {
    const parts = line.trim().split(' ');
    return (parts[0] === holder || parts[0] === user) && (parts.length < 2 || expires <= Number(parts[1]));
  });
}

/** Takes as long whatever differs. */
function same(a, b) {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}

/** For js_set: "1" lets the request through, everything else, an unreadable file too, refuses it. */
function permitted(r) {
  try {
    // What was signed is the path as it was sent, not as nginx understood it.
    const sent = r.variables.request_uri;
    const at = sent.indexOf('?');
    const path = at < 0 ? sent : sent.slice(0, at);
    const query = QUERY.exec(at < 0 ? '' : sent.slice(at + 1));
    const prefix = PREFIX.exec(path);
    if (query === null || prefix === null || path !== r.uri) return '0';
    const now = Date.now() / 1000;
    if (now >= Number(query[2])) return '0';
    const text = '1\n' + prefix[0] + '\n' + query[1] + '\n' + query[2] + '\n' + query[3];
    if (!isSigned(r.variables.kanade_key_file, now, text, query[4])) return '0';
    return isRevoked(r.variables.kanade_revoked_file, query[1], Number(query[2]), now) ? '0' : '1';
  } catch (error) {
    r.error('kanade: ' + error.message);
    return '0';
  }
}

export default { permitted };
