import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import type * as TypeScript from 'typescript';
import { ConfigurationError } from '../client/errors.js';

/** A finding of `npm run spec:diff -- OLD NEW --format json`. */
export interface ContractFinding {
  readonly ruleId: string;
  /** The place in the operation, such as `responses/201 results[].labels`. */
  readonly pointer: string;
  readonly message: string;
  /** The affected generated types and functions, such as `components["schemas"]["AssociationSpec"]`. */
  readonly affects: readonly string[];
}

/** A place of the source. */
export interface Use {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** A finding, and the places of the source that it affects. */
export interface FindingInUse {
  readonly finding: ContractFinding;
  readonly uses: readonly Use[];
}

/**
 * Finds the findings that affect a project, with the places where its source reads or writes the member
 * that a finding is about, as resolved by the type checker. A finding about the whole operation affects
 * every place that imports the package.
 *
 * Needs `typescript`, an optional peer dependency, in the calling project.
 *
 * @param tsconfig - Path of the project's tsconfig.json.
 * @throws ConfigurationError if TypeScript is not installed, or the configuration cannot be read.
 */
export function findingsInUse(findings: readonly ContractFinding[], tsconfig: string): FindingInUse[] {
  const uses = usesOf(typeScriptFor(tsconfig), tsconfig);
  return findings
    .map((finding) => ({ finding, uses: uses.filter((use) => isAbout(finding, use)).map(placeOf) }))
    .filter((found) => found.uses.length > 0);
}

/** A use of a generated type's member, or an import of the package, which has no member. */
interface FoundUse extends Use {
  readonly member: string | undefined;
  /** The component that the member belongs to, if any. */
  readonly component: string | undefined;
}

function isAbout({ pointer, affects }: ContractFinding, { member, component }: FoundUse): boolean {
  const [, path = ''] = pointer.split(' ');
  const named = path.split(/[.[\]]+/).findLast((name) => name !== '');
  if (named === undefined) return member === undefined;
  if (named !== member) return false;
  return component === undefined || affects.length === 0 || affects.some((name) => name.includes(component));
}

function placeOf({ file, line }: FoundUse): Use {
  return { file, line };
}

type Compiler = typeof TypeScript;

function typeScriptFor(tsconfig: string): Compiler {
  const require = createRequire(join(dirname(resolve(tsconfig)), 'package.json'));
  try {
    const compiler: unknown = require('typescript');
    if (isCompiler(compiler)) return compiler;
  } catch (cause) {
    throw new ConfigurationError('typescript', 'is not installed: npm install --save-dev typescript', { cause });
  }
  throw new ConfigurationError('typescript', 'has no usable compiler: install version 5 or 6.');
}

function isCompiler(value: unknown): value is Compiler {
  return typeof value === 'object' && value !== null && 'createProgram' in value;
}

const packageName = 'hubspot-associations';

function usesOf(ts: Compiler, tsconfig: string): FoundUse[] {
  const { program, folder } = programOf(ts, tsconfig);
  const checker = program.getTypeChecker();
  const found: FoundUse[] = [];
  for (const source of program.getSourceFiles()) {
    if (source.isDeclarationFile || program.isSourceFileFromExternalLibrary(source)) continue;
    const add = (node: TypeScript.Node, member?: string, component?: string): void => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push({ file: relative(folder, source.fileName), line: line + 1, member, component });
    };
    const visit = (node: TypeScript.Node): void => {
      if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
        if (node.moduleSpecifier.text.split('/')[0] === packageName) add(node);
      } else if (isMemberName(ts, node)) {
        const component = generatedComponent(ts, checker, node);
        if (component !== undefined) add(node, node.text, component === '' ? undefined : component);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function programOf(ts: Compiler, tsconfig: string): { program: TypeScript.Program; folder: string } {
  const folder = dirname(resolve(tsconfig));
  const read: { config?: unknown; error?: TypeScript.Diagnostic } = ts.readConfigFile(tsconfig, (path) =>
    ts.sys.readFile(path),
  );
  if (read.error !== undefined) {
    const reason = ts.flattenDiagnosticMessageText(read.error.messageText, '\n');
    throw new ConfigurationError('--project', `${tsconfig} cannot be read: ${reason}`);
  }
  const { fileNames, options } = ts.parseJsonConfigFileContent(read.config, ts.sys, folder);
  return { program: ts.createProgram(fileNames, { ...options, noEmit: true }), folder };
}

type MemberName = TypeScript.Identifier | TypeScript.StringLiteral;

/** A name after a dot, in brackets, in an object literal or in a destructuring. */
function isMemberName(ts: Compiler, node: TypeScript.Node): node is MemberName {
  if (!ts.isIdentifier(node) && !ts.isStringLiteral(node)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isElementAccessExpression(parent)) return parent.argumentExpression === node;
  if (ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent)) return parent.name === node;
  return ts.isBindingElement(parent) && (parent.propertyName ?? parent.name) === node;
}

/**
 * The component that declares a member in the generated types; '' if it is declared outside a component;
 * `undefined` for other members.
 */
function generatedComponent(ts: Compiler, checker: TypeScript.TypeChecker, name: MemberName): string | undefined {
  for (const declaration of symbolsOf(ts, checker, name).flatMap((symbol) => symbol.declarations ?? [])) {
    const { fileName } = declaration.getSourceFile();
    if (!/generated\/schema(\.d)?\.[mc]?ts$/.test(fileName)) continue;
    const path: string[] = [];
    for (let node: TypeScript.Node = declaration.parent; !ts.isSourceFile(node); node = node.parent) {
      if (ts.isPropertySignature(node)) path.unshift(node.name.getText());
    }
    return path[0] === 'schemas' ? (path[1] ?? '') : '';
  }
  return undefined;
}

function symbolsOf(ts: Compiler, checker: TypeScript.TypeChecker, name: MemberName): TypeScript.Symbol[] {
  const { parent } = name;
  const type = containingType(ts, checker, parent);
  const types = type === undefined ? [] : type.isUnion() ? type.types : [type];
  const symbols = types.map((one) => checker.getPropertyOfType(one, name.text));
  return [...symbols, checker.getSymbolAtLocation(name)].filter((symbol) => symbol !== undefined);
}

/** The type that contains the member: that of the object before the dot, or the contextual type of the literal. */
function containingType(
  ts: Compiler,
  checker: TypeScript.TypeChecker,
  parent: TypeScript.Node,
): TypeScript.Type | undefined {
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) {
    return checker.getNonNullableType(checker.getTypeAtLocation(parent.expression));
  }
  if (ts.isBindingElement(parent)) return checker.getTypeAtLocation(parent.parent);
  return ts.isObjectLiteralExpression(parent.parent) ? checker.getContextualType(parent.parent) : undefined;
}
