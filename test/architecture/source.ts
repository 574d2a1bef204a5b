import ts from 'typescript';

/** A source file as the rules see it: where it is, what it says, what it asks for. */
export interface Source {
  readonly file: string;
  readonly text: string;
  /** As written: './ladder.js', 'pg-boss'. */
  readonly imports: readonly string[];
}

export const parse = (source: Source): ts.SourceFile =>
  ts.createSourceFile(
    source.file,
    source.text,
    ts.ScriptTarget.Latest,
    true,
    source.file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );

/** Every form of import: static, type-only, re-exported, dynamic and import types. */
export const toSource = (file: string, text: string): Source => {
  const imports = new Set(ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName));
  return { file, text, imports: [...imports] };
};

/** Specs and test folders may reach anywhere: they compose what they test. */
export const isTest = (file: string): boolean =>
  /\.spec\.[a-z]+$/.test(file) || /(^|\/)(test|e2e)\//.test(file);
