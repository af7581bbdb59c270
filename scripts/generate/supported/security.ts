import { child, partAt, partsIn, type Part } from '../../../src/openapi/index.js';
import { securityTypes } from './list.js';
import type { Findings } from './findings.js';

/** The client supports a single bearer token. */
export function checkSecurity(findings: Findings, holder: Part): void {
  for (const requirement of partsIn(child(holder, 'security'))) {
    const names = Object.keys(requirement.value);
    if (names.length > 1)
      findings.add(holder, 'security', 'the client has only one token, so it cannot combine schemes.');
    for (const name of names) checkScheme(findings, holder, name);
  }
}

function checkScheme(findings: Findings, holder: Part, name: string): void {
  const scheme = partAt({ pointer: '', value: findings.spec }, 'components', 'securitySchemes', name);
  if (scheme === undefined) {
    findings.add(holder, 'security', `${name} is not defined in components.securitySchemes.`);
    return;
  }
  const { type, scheme: kind } = findings.follow(scheme).value;
  const isBearer = securityTypes.has(String(type)) && (type !== 'http' || kind === 'bearer');
  const keyword = type === 'http' ? 'scheme' : 'type';
  if (!isBearer) findings.add(scheme, keyword, `the client supports bearer tokens only, not ${String(kind ?? type)}.`);
}
