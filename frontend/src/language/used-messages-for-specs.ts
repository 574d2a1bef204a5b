const NAMESPACE = /useTranslations\((?:'([\w.]*)')?\)/g;
const LITERAL = /['"]([\w.]+)['"]/g;
const TEMPLATE = /`([\w.]*(?:\$\{[^`]*?\}[\w.]*)+)`/g;
const TRANSLATOR = /const (\w+) = useTranslations\(/g;
/** `import messages` of the layout, which no translator reaches. */
const IMPORTED = /\bmessages\.([\w.]+)/g;

const escaped = (text: string): string => text.replaceAll('.', '\\.');
const all = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found ?? '');

/** A translator is given a name that stands elsewhere: `t(key)`, `t(place.key)`. */
const isIndirect = (source: string): boolean =>
  all(source, TRANSLATOR).some((name) =>
    new RegExp(`\\b${name}(?:\\.rich)?\\((?:\\w+\\.)*[a-zA-Z]\\w*[,)]`).test(source),
  );

/**
 * What the sources may ask the messages for. A file's namespaces go together with every literal and template of it,
 * so this may call a message used that is not; never the other way round.
 */
export const usedPatterns = (sources: readonly string[]): readonly RegExp[] => {
  const literals = [...new Set(sources.flatMap((source) => all(source, LITERAL)))];
  return sources.flatMap((source) => {
    const own = [...new Set(all(source, LITERAL))];
    const templates = all(source, TEMPLATE).map((template) =>
      escaped(template.replace(/\$\{[^}]*\}/g, '\0')).replaceAll('\0', '[\\w.]+'),
    );
    const names = [...(isIndirect(source) ? literals : own).map(escaped), ...templates];
    const spaces = [...new Set(all(source, NAMESPACE))].map((name) => (name ? `${escaped(name)}\\.` : ''));
    return [
      ...spaces.map((space) => new RegExp(`^${space}(?:${names.join('|')})$`)),
      ...all(source, IMPORTED).map((name) => new RegExp(`^${escaped(name)}$`)),
    ];
  });
};
