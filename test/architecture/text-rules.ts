import ts from 'typescript';
import { ENVIRONMENT_ROOM, FACES, GENERATED, LONGEST_FILE, WORKSPACES } from './floors.js';
import type { Rule } from './import-rules.js';
import { workspaceOf } from './resolve.js';
import { isTest, parse } from './source.js';

const REASON = /^\/\/ Longer than 400 lines because \S/m;

export const filesAreShortOrSayWhy: Rule = (sources) =>
  sources
    .filter(({ file, text }) => !GENERATED.includes(file) && !REASON.test(text))
    .map(({ file, text }) => ({ file, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > LONGEST_FILE)
    .map(({ file, lines }) => `${file} has ${lines} lines and no line "// Longer than 400 lines because …"`);

const isProcess = (node: ts.Node): boolean =>
  (ts.isIdentifier(node) && node.text === 'process') ||
  (ts.isPropertyAccessExpression(node) && node.name.text === 'process');

const namesEnv = (pattern: ts.BindingName): boolean =>
  ts.isObjectBindingPattern(pattern) &&
  pattern.elements.some((element) => (element.propertyName ?? element.name).getText() === 'env');

/** In every spelling: process.env, process['env'], { env } = process, import { env } from 'node:process'. */
const readsEnvironment = (node: ts.Node): boolean => {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'env' && isProcess(node.expression);
  if (ts.isElementAccessExpression(node))
    return (
      isProcess(node.expression) &&
      ts.isStringLiteralLike(node.argumentExpression) &&
      node.argumentExpression.text === 'env'
    );
  if (ts.isVariableDeclaration(node))
    return node.initializer !== undefined && isProcess(node.initializer) && namesEnv(node.name);
  if (ts.isImportDeclaration(node)) {
    const named = node.importClause?.namedBindings;
    return (
      /^['"](node:)?process['"]$/.test(node.moduleSpecifier.getText()) &&
      named !== undefined &&
      ts.isNamedImports(named) &&
      named.elements.some((element) => (element.propertyName ?? element.name).text === 'env')
    );
  }
  return false;
};

const some = (node: ts.Node, test: (node: ts.Node) => boolean): boolean =>
  test(node) || (ts.forEachChild(node, (child) => some(child, test) || undefined) ?? false);

export const onlyConfigReadsTheEnvironment: Rule = (sources) =>
  sources
    .filter(({ file }) => !isTest(file) && !file.startsWith(ENVIRONMENT_ROOM))
    .filter(({ file }) => WORKSPACES[workspaceOf(file) ?? '']?.mayReadEnvironment === false)
    .filter((source) => source.text.includes('process') && some(parse(source), readsEnvironment))
    .map(({ file }) => `${file} reads process.env; Config has what it needs`);

export const noBarrels: Rule = (sources) =>
  sources
    .filter(({ file }) => /(^|\/)index\.tsx?$/.test(file) && !FACES.includes(file))
    .filter((source) => {
      const { statements } = parse(source);
      return statements.length > 0 && statements.every((statement) => ts.isExportDeclaration(statement));
    })
    .map(({ file }) => `${file} only passes on what others export`);

const ROUTES = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All', 'Sse']);
/** What backend/src/common/access.ts offers. */
const ACCESS = new Set(['Allow', 'Public', 'OpenBeforeSetup']);

const decoratorNames = (node: ts.MethodDeclaration): string[] =>
  (ts.getDecorators(node) ?? []).map(({ expression }) =>
    (ts.isCallExpression(expression) ? expression.expression : expression).getText(),
  );

const methodsOf = (node: ts.Node): ts.MethodDeclaration[] => {
  const methods: ts.MethodDeclaration[] = ts.isMethodDeclaration(node) ? [node] : [];
  ts.forEachChild(node, (child) => {
    methods.push(...methodsOf(child));
  });
  return methods;
};

/** At the route itself, not on its class: the rule stands where the reader of the route looks. */
export const everyRouteSaysWhoMayUseIt: Rule = (sources) =>
  sources
    .filter(
      ({ file, text }) => file.startsWith('backend/src/') && !isTest(file) && text.includes('@nestjs/common'),
    )
    .flatMap((source) =>
      methodsOf(parse(source)).flatMap((method) => {
        const names = decoratorNames(method);
        if (!names.some((name) => ROUTES.has(name))) return [];
        const what = `${method.name.getText()} in ${source.file}`;
        if (!source.file.endsWith('.controller.ts'))
          return [`${what} is a route outside a controller's file`];
        return names.some((name) => ACCESS.has(name)) ? [] : [`${what} says nothing of who may use it`];
      }),
    );

export const TEXT_RULES: Readonly<Record<string, Rule>> = {
  'no file is longer than 400 lines without saying why': filesAreShortOrSayWhy,
  'only the config room reads the environment': onlyConfigReadsTheEnvironment,
  'no index file only passes on what others export': noBarrels,
  'every route says who may use it': everyRouteSaysWhoMayUseIt,
};
