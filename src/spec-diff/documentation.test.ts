import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { rules, type Rule } from './rules.js';

test('docs/spec-changes.md lists the rules with their severities', () => {
  const page = readFileSync(join(process.cwd(), 'docs', 'spec-changes.md'), 'utf8');
  const rows = page
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, name]) => name?.slice(1, -1) !== undefined && name.slice(1, -1) in rules)
    .map(([, name = '', , request, reply]) => [name.slice(1, -1), request, reply]);
  const textOf = (severity = '–'): string => severity.replace('-', ' ');
  const expected = Object.entries<Rule>(rules).map(([ruleId, { severity }]) => [
    ruleId,
    textOf(severity.request ?? severity.operation),
    textOf(severity.reply ?? severity.operation),
  ]);

  expect(rows).toEqual(expected);
});
