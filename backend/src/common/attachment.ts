/** Control characters, and those that turn the direction of text so that a name reads as another. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** RFC 6266: a plain name for old clients, and the real one in UTF-8. */
export const attachment = (name: string): string => {
  const clean = name.toWellFormed().replace(UNSAFE, '').replace(/[/\\]/g, '_').trim() || 'audio';
  const plain = clean.replace(/[^\x20-\x7e]|["%]/g, '_');
  const encoded = encodeURIComponent(clean).replace(
    /['()*!]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
};
