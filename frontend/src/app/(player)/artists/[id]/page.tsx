import { ArtistPage } from '../../../../library/artist-page';

/** One exported page serves every artist: the server answers any id with it, and the browser reads the id. */
export const dynamicParams = false;
export const generateStaticParams = () => [{ id: '_' }];

export default function ArtistRoute() {
  return <ArtistPage />;
}
