import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The genres of a track in the order of its tag. */
@Entity({ name: 'track_genres' })
export class TrackGenre {
  @PrimaryColumn({ type: 'uuid', name: 'track_id' }) readonly trackId!: string;
  @PrimaryColumn({ type: 'uuid', name: 'genre_id' }) readonly genreId!: string;
  @Column('smallint') position!: number;
}
