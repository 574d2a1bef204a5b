const JAPANESE = /[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]/;
const KOREAN = /[\uac00-\ud7af]/;
const CYRILLIC = /[\u0400-\u04ff]/;

/**
 * Titles come without a language. Marking the script is enough for line breaking, fonts and a screen reader's voice;
 * Han without kana counts as Japanese, the language this product is set in.
 */
export const languageOf = (text: string): 'ja' | 'ko' | 'ru' | undefined => {
  if (JAPANESE.test(text)) return 'ja';
  if (KOREAN.test(text)) return 'ko';
  return CYRILLIC.test(text) ? 'ru' : undefined;
};
