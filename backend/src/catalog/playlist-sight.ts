/**
 * SQL: whether somebody sees a playlist. It stands in this room because the covers of playlists are served here; lists
 * of other people that are private do not exist for anybody else, administrators included.
 */
export const playlistSeen = (userParam: string): string => `(playlists.owner_id = ${userParam}::uuid
  OR playlists.visibility = 'shared' OR ${playlistNamed(userParam)})`;

/** SQL: whether a playlist is edited together, and somebody is named for it. */
export const playlistNamed = (userParam: string): string => `(playlists.visibility = 'collaborative'
  AND EXISTS (SELECT FROM playlist_members AS named
              WHERE named.playlist_id = playlists.id AND named.user_id = ${userParam}::uuid))`;
