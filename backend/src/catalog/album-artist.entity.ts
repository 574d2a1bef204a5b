import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The artists of an album in the order of its tag. */
@Entity({ name: 'album_artists' })
export class AlbumArtist {
  @PrimaryColumn({ type: 'uuid', name: 'album_id' }) readonly albumId!: string;
  @PrimaryColumn({ type: 'smallint', name: 'position' }) readonly position!: number;
  @Column('uuid', { name: 'artist_id' }) artistId!: string;
}
