import type { PersonalPart } from '../users/personal-part.js';

export const PERSONAL_SHARES: readonly PersonalPart[] = [
  {
    name: 'shares',
    tells: ['shares.created_by'],
    columns: `shares.id, track_id AS "trackId", album_id AS "albumId", playlist_id AS "playlistId", note,
      token_hash IS NOT NULL AS "isLink", created_at AS "createdAt", expires_at AS "expiresAt",
      revoked_at AS "revokedAt"`,
    from: 'shares',
    where: 'created_by = $1',
    key: 'shares.id',
  },
  {
    // With whom: what is shared with the person, and by the person with others.
    name: 'sharePeople',
    tells: ['share_people.user_id', 'share_people.*'],
    columns: `shares.id AS "shareId", shares.created_by = $1 AS "isMine", users.username::text AS username`,
    from: 'share_people JOIN shares ON shares.id = share_id JOIN users ON users.id = share_people.user_id',
    where: '(share_people.user_id = $1 OR shares.created_by = $1)',
    key: 'md5(share_people.share_id::text || share_people.user_id::text)::uuid',
  },
];
