import { GenrePage } from '../../../../library/genre-page';

/** One exported page serves every genre: the server answers any id with it, and the browser reads the id. */
export const dynamicParams = false;
export const generateStaticParams = () => [{ id: '_' }];

export default function GenreRoute() {
  return <GenrePage />;
}
