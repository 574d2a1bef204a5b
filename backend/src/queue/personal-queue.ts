import type { PersonalPart } from '../users/personal-part.js';

export const PERSONAL_QUEUE: readonly PersonalPart[] = [
  {
    name: 'queue',
    tells: ['saved_queues.user_id'],
    columns: `revision, track_ids AS "trackIds", shuffle_order AS "shuffleOrder", current_index AS "currentIndex",
      position_ms::float8 AS "positionMs", repeat, source, device, updated_at AS "updatedAt"`,
    from: 'saved_queues',
    where: 'user_id = $1',
    key: 'user_id',
  },
];
