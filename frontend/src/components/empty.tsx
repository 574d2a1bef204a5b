import type { ReactNode } from 'react';
import { Stave } from './cover';

interface EmptyProps {
  readonly title: string;
  readonly text: string;
  readonly tone?: 'quiet' | 'accent' | 'danger';
  readonly children?: ReactNode;
}

/** Empty, missing and failed alike: what is the case, and the next step. */
export function Empty({ title, text, tone = 'quiet', children }: EmptyProps) {
  return (
    <div className="empty" role={tone === 'danger' ? 'alert' : undefined}>
      <div className="art">
        <Stave tone={tone} />
      </div>
      <div>
        <h2>{title}</h2>
        <p className="say">{text}</p>
        {children}
      </div>
    </div>
  );
}
