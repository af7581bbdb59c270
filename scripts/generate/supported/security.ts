import { child, partAt, partsIn, type Part } from '../../../src/openapi/index.js';
import { securityTypes } from './list.js';
import type { Findings } from './findings.js';

/** The client has one token, which it sends as `Authorization: Bearer`. */
export function checkSecurity(findings: Findings, holder: Part): void {
  for (const requirement of partsIn(child(holder, 'security'))) {
    const names = Object.keys(requirement.value);
    if (names.length > 1) findings.add(holder, 'security', 'the client has one token, so one scheme has to be enough.');
    for (const name of names) checkScheme(findings, holder, name);
  }
}

function checkScheme(findings: Findings, holder: Part, name: string): void {
  const scheme = partAt({ pointer: '', value: findings.spec }, 'components', 'securitySchemes', name);
  if (scheme === undefined) {
    findings.add(holder, 'security', `${name} is none of components.securitySchemes.`);
    return;
  }
  const { type, scheme: kind } = findings.follow(scheme).value;
  const isBearer = securityTypes.has(String(type)) && (type !== 'http' || kind === 'bearer');
  const keyword = type === 'http' ? 'scheme' : 'type';
  if (!isBearer)
    findings.add(scheme, keyword, `the client sends a bearer token, and nothing of ${String(kind ?? type)}.`);
}
