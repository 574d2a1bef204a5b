import type { PersonalPart } from '../users/personal-part.js';

export const PERSONAL_LIBRARIES: readonly PersonalPart[] = [
  {
    name: 'libraries',
    tells: ['library_members.user_id'],
    columns: 'libraries.id, libraries.name',
    from: 'library_members JOIN libraries ON libraries.id = library_id',
    where: 'user_id = $1',
    key: 'library_id',
  },
];
