import type { ReactNode } from 'react';
import { Frame } from '../../frame/frame';

export default function PlayerLayout({ children }: { readonly children: ReactNode }) {
  return <Frame>{children}</Frame>;
}
