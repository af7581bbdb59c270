import { describe, expect, test } from '@jest/globals';
import { operationCases } from './operation-cases.js';
import { rules, type Rule } from './rules.js';
import { schemaCases } from './schema-cases.js';
import { findings, lines, sketch } from './test-support.js';

describe('a change of a schema', () => {
  test.each(schemaCases)('%s, case %#', (...schemaCase) => {
    const [ruleId, old, changed, request, reply, path] = schemaCase;
    const at = (part: string): string => (path === undefined ? part : `${part} ${path.replace(/^\./, '')}`);
    const line = (severity: string, direction: string, part: string): string[] =>
      severity === '-' ? [] : [`${severity} ${direction} ${ruleId} ${at(part)}`];

    expect(lines(findings(sketch({ request: old }), sketch({ request: changed })))).toEqual(
      line(request, 'request', 'requestBody'),
    );
    expect(lines(findings(sketch({ reply: old }), sketch({ reply: changed })))).toEqual(
      line(reply, 'reply', 'responses/200'),
    );
  });
});

describe('a change of an operation', () => {
  test.each(operationCases)('%s of the %s, case %#', (ruleId, direction, old, changed, severity, pointer) => {
    const others = ['operation-added', 'operation-removed'].filter((other) => other !== ruleId);
    const found = findings(sketch(old), sketch(changed)).filter((finding) => !others.includes(finding.ruleId));

    expect(lines(found)).toEqual([`${severity} ${direction} ${ruleId} ${pointer}`]);
  });
});

test('every rule has a case in each of its directions', () => {
  const expected = Object.entries<Rule>(rules).flatMap(([ruleId, { severity }]) =>
    Object.keys(severity).map((direction) => `${ruleId} ${direction}`),
  );
  const covered = [
    ...schemaCases.flatMap(([ruleId, , , request, reply]) => [
      ...(request === '-' ? [] : [`${ruleId} request`]),
      ...(reply === '-' ? [] : [`${ruleId} reply`]),
    ]),
    ...operationCases.map(([ruleId, direction]) => `${ruleId} ${direction}`),
  ];

  expect([...new Set(covered)].sort()).toEqual(expected.sort());
});

test('an operation that is removed or added has a line in both descriptions', () => {
  const found = findings(sketch(), sketch({ path: '/readers', method: 'get' }));

  expect(found).toMatchObject([
    { ruleId: 'operation-removed', oldPlace: { file: 'old.json' }, newPlace: { file: 'new.json', pointer: '/paths' } },
    { ruleId: 'operation-added', oldPlace: { file: 'old.json', pointer: '/paths' }, newPlace: { file: 'new.json' } },
  ]);
});
