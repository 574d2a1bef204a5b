import { PERSONAL_LIBRARIES } from './libraries/personal-libraries.js';
import { PERSONAL_OPINIONS } from './likes/personal-opinions.js';
import { PERSONAL_PLAYLISTS } from './playlists/personal-playlists.js';
import { PERSONAL_PLAYS } from './plays/personal-plays.js';
import { PERSONAL_QUEUE } from './queue/personal-queue.js';
import { PERSONAL_TASTE } from './recommend/personal-taste.js';
import { PERSONAL_SHARES } from './shares/personal-shares.js';
import { PERSONAL_ACCOUNT } from './users/personal-account.js';
import type { PersonalPart } from './users/personal-part.js';

/** Everything that is kept of a person, room by room, in the order of the export. */
export const PERSONAL_PARTS: readonly PersonalPart[] = [
  ...PERSONAL_ACCOUNT,
  ...PERSONAL_LIBRARIES,
  ...PERSONAL_OPINIONS,
  ...PERSONAL_PLAYLISTS,
  ...PERSONAL_QUEUE,
  ...PERSONAL_SHARES,
  ...PERSONAL_PLAYS,
  ...PERSONAL_TASTE,
];
