import type { ReactNode } from 'react';
import { Stave } from './cover';

interface EmptyProps {
  readonly title: string;
  readonly text: string;
  readonly tone?: 'quiet' | 'accent' | 'danger';
  /** It is all that the page has to say. */
  readonly page?: boolean;
  readonly children?: ReactNode;
}

/** Empty, missing and failed alike: what is the case, and the next step. */
export function Empty({ title, text, tone = 'quiet', page = false, children }: EmptyProps) {
  const Title = page ? 'h1' : 'h2';
  return (
    <div className="empty" role={tone === 'danger' ? 'alert' : undefined}>
      <div className="art">
        <Stave tone={tone} />
      </div>
      <div>
        <Title>{title}</Title>
        <p className="say">{text}</p>
        {children}
      </div>
    </div>
  );
}
