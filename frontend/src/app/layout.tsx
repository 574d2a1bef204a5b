import '../styles/fonts.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import messages from '../../messages/en.json';
import { THEME_SCRIPT } from '../frame/theme';
import { LANGUAGE_SCRIPT } from '../language/languages';
import { Providers } from './providers';

export const metadata: Metadata = {
  title: messages.app.name,
  description: messages.app.description,
  appleWebApp: { capable: true, title: messages.app.name, statusBarStyle: 'black-translucent' },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: dark)', color: '#120d10' },
    { media: '(prefers-color-scheme: light)', color: '#fbf8f9' },
  ],
};

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" data-theme="dark" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: THEME_SCRIPT }} />
        <script dangerouslySetInnerHTML={{ __html: LANGUAGE_SCRIPT }} />
      </head>
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
