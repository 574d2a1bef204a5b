import { PlaylistPage } from '../../../../playlist/playlist-page';

/** One exported page serves every playlist: the server answers any id with it, and the browser reads the id. */
export const dynamicParams = false;
export const generateStaticParams = () => [{ id: '_' }];

export default function PlaylistRoute() {
  return <PlaylistPage />;
}
