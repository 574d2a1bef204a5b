import { describe, expect, it } from '@jest/globals';
import { newId } from '../common/id.js';
import { credentialHolder, jointHolder, namesOfHolder } from '../users/revocations.js';
import { hashToken } from '../users/session-token.js';
import { isShareHolder, shareHolder } from './share-holder.js';

const [maker, guest, share] = [newId(), newId(), newId()];
const session = credentialHolder(guest, hashToken('a session'));

describe('in whose name a share’s addresses are signed', () => {
  it('is never taken for a session, alone or beside one', () => {
    expect(isShareHolder(session)).toBe(false);
    expect(isShareHolder(shareHolder(maker, share))).toBe(true);
    expect(isShareHolder(jointHolder(shareHolder(maker, share), session))).toBe(true);
    expect(shareHolder(maker, share)).not.toBe(shareHolder(maker, newId()));
  });

  it('is refused with the share, its maker, the session and the guest, and fits into an address', () => {
    const both = jointHolder(shareHolder(maker, share), session);
    expect(namesOfHolder(both)).toEqual([shareHolder(maker, share), maker, session, guest]);
    expect(namesOfHolder(session)).toEqual([session, guest]);
    expect(both).toMatch(/^[A-Za-z0-9_.-]{1,128}$/);
  });
});
