import { languageOf } from '../components/language-of';
import { highlight } from './highlight';

export function MarkedName({ text, query }: { readonly text: string; readonly query: string }) {
  return (
    <span lang={languageOf(text)} title={text}>
      {highlight(text, query).map((stretch, at) =>
        stretch.hit ? <mark key={at}>{stretch.text}</mark> : <span key={at}>{stretch.text}</span>,
      )}
    </span>
  );
}
