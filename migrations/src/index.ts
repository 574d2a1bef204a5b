import type { MigrationInterface } from 'typeorm';
import { Foundation1780000000001 } from './0001-foundation.js';
import { Revocations1780000000002 } from './0002-revocations.js';
import { Chunks1780000000003 } from './0003-chunks.js';
import { TrackSound1780000000004 } from './0004-track-sound.js';
import { ShortEnds1780000000005 } from './0005-short-ends.js';
import { UnreadableFolders1780000000006 } from './0006-unreadable-folders.js';
import { AlbumLoudness1780000000014 } from './0014-album-loudness.js';
import { ChangingForm1780000000015 } from './0015-changing-form.js';
import { SoughtChunks1780000000016 } from './0016-sought-chunks.js';
import { CueTracks1780000000025 } from './0025-cue-tracks.js';
import { Accounts1780000000030 } from './0030-accounts.js';
import { LibraryAccess1780000000031 } from './0031-library-access.js';
import { Opinions1780000000032 } from './0032-opinions.js';
import { Browse1780000000033 } from './0033-browse.js';
import { Lyrics1780000000034 } from './0034-lyrics.js';
import { Search1780000000035 } from './0035-search.js';
import { Playlists1780000000036 } from './0036-playlists.js';
import { Recordings1780000000037 } from './0037-recordings.js';
import { SavedQueues1780000000038 } from './0038-saved-queues.js';
import { Plays1780000000039 } from './0039-plays.js';
import { Shares1780000000041 } from './0041-shares.js';
import { SearchPlaylists1780000000043 } from './0043-search-playlists.js';
import { LibraryLists1780000000044 } from './0044-library-lists.js';
import { PlaylistCovers1780000000047 } from './0047-playlist-covers.js';
import { Weights1780000000050 } from './0050-weights.js';
import { Trainings1780000000051 } from './0051-trainings.js';
import { WeeklyLists1780000000052 } from './0052-weekly-lists.js';

/** In the order in which they run; an entry is never changed or reordered once released. */
export const MIGRATIONS: readonly (new () => MigrationInterface)[] = [
  Foundation1780000000001,
  Revocations1780000000002,
  Chunks1780000000003,
  TrackSound1780000000004,
  ShortEnds1780000000005,
  UnreadableFolders1780000000006,
  AlbumLoudness1780000000014,
  ChangingForm1780000000015,
  SoughtChunks1780000000016,
  CueTracks1780000000025,
  Accounts1780000000030,
  LibraryAccess1780000000031,
  Opinions1780000000032,
  Browse1780000000033,
  Lyrics1780000000034,
  Search1780000000035,
  Playlists1780000000036,
  Recordings1780000000037,
  SavedQueues1780000000038,
  Plays1780000000039,
  Shares1780000000041,
  SearchPlaylists1780000000043,
  LibraryLists1780000000044,
  PlaylistCovers1780000000047,
  Weights1780000000050,
  Trainings1780000000051,
  WeeklyLists1780000000052,
];
