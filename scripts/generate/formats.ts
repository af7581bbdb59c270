import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import ts from 'typescript';

const path = createRequire(import.meta.url).resolve('ajv-formats/dist/formats.js');

/**
 * The code of ajv-formats with only the given formats in `fullFormats`. Bundlers cannot remove the others,
 * because the package is CommonJS and has all formats in one object.
 */
export function formatsCode(names: ReadonlySet<string>): string {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements
    .map((statement) => {
      if (ts.isFunctionDeclaration(statement) || ts.isVariableStatement(statement)) return statement.getText(source);
      const formats = fullFormats(statement, source);
      if (formats === undefined) return '';
      const used = formats.properties.filter(({ name }) => name !== undefined && names.has(nameOf(name)));
      return `const fullFormats = { ${used.map((format) => format.getText(source)).join(', ')} };`;
    })
    .join('\n');
}

/** The object of `exports.fullFormats = { … }`. */
function fullFormats(statement: ts.Statement, source: ts.SourceFile): ts.ObjectLiteralExpression | undefined {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return undefined;
  const { left, right } = statement.expression;
  if (left.getText(source) !== 'exports.fullFormats') return undefined;
  return ts.isObjectLiteralExpression(right) ? right : undefined;
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : '';
}
