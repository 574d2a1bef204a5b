import { languageOf } from './language-of';

interface NameProps {
  readonly children: string;
  readonly className?: string;
}

/** Any title or name from the tags: marked with its language, cut on one line, whole in the tooltip. */
export function Name({ children, className = 'ell' }: NameProps) {
  return (
    <span className={className} lang={languageOf(children)} title={children}>
      {children}
    </span>
  );
}
