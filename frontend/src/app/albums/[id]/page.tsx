import type { ReactNode } from 'react';
export const dynamicParams = false;
export const generateStaticParams = () => [{ id: '_' }];
export default function AlbumRoute(): ReactNode {
  return <main>Album</main>;
}
