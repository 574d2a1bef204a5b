import './globals.css';
import type { ReactNode } from 'react';
import { hello } from './x';

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <body>
        {children}
        {hello}
      </body>
    </html>
  );
}
