import { AlbumPage } from '../../../../library/album-page';

/** One exported page serves every album: the server answers any id with it, and the browser reads the id. */
export const dynamicParams = false;
export const generateStaticParams = () => [{ id: '_' }];

export default function AlbumRoute() {
  return <AlbumPage />;
}
