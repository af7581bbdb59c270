import { child, lastStep, partAt, partsIn, type JsonObject, type Part } from '../../../src/openapi/index.js';
import { members, methods, refusedMembers, refusedMethods } from './list.js';
import { Findings, type Finding } from './findings.js';
import { checkBody, checkReply } from './bodies.js';
import { checkOperationId } from './names.js';
import { checkDistinct, checkParameter } from './parameters.js';
import { checkEverywhere } from './references.js';
import { checkSchema } from './schemas.js';
import { checkSecurity } from './security.js';

/** Finds everything in a spec that `list.ts` does not contain, in the order of the spec and without duplicates. */
export function unsupportedIn(spec: JsonObject): Finding[] {
  const findings = new Findings(spec);
  const root = { pointer: '', value: spec };
  if ('webhooks' in spec) findings.add(root, 'webhooks', refusedMembers['webhooks']);
  for (const server of partsIn(child(root, 'servers'))) findings.requireMembers(server, members.server);
  checkEverywhere(findings, root);
  checkSecurity(findings, root);
  checkDistinctPaths(findings, root);
  for (const item of partsIn(partAt(root, 'paths'))) checkPath(findings, item);
  for (const schema of partsIn(partAt(root, 'components', 'schemas'))) checkSchema(findings, schema);
  return findings.all();
}

/** Paths that differ only in the names of their parameters are the same path. */
function checkDistinctPaths(findings: Findings, root: Part): void {
  const paths = partAt(root, 'paths');
  const seen = new Map<string, string>();
  for (const path of Object.keys(paths?.value ?? {})) {
    const shape = path.replaceAll(/\{[^{}]*\}/g, '{}');
    const same = seen.get(shape);
    if (paths !== undefined && same !== undefined)
      findings.add(paths, path, `requests cannot distinguish it from ${same}.`);
    seen.set(shape, path);
  }
}

function checkPath(findings: Findings, item: Part): void {
  const { value, pointer } = item;
  for (const [method, reason] of Object.entries(refusedMethods))
    if (method in value) findings.add(item, method, reason);
  findings.requireMembers(item, [...members.pathItem, ...Object.keys(refusedMethods)]);
  if (/[?#]/.test(pointer)) findings.add(item, '?', 'a path cannot contain a query; use query parameters.');
  for (const segment of lastStep(pointer).split('/')) {
    if (/[{}]/.test(segment) && !/^\{[^{}]+\}$/.test(segment)) {
      findings.add(item, segment, 'a path segment must be either text or a single parameter.');
    }
  }
  for (const method of methods) {
    const operation = partAt(item, method);
    if (operation !== undefined) checkOperation(findings, operation, item, method);
  }
}

function checkOperation(findings: Findings, operation: Part, item: Part, method: string): void {
  findings.requireMembers(operation, members.operation);
  checkSecurity(findings, operation);
  checkOperationId(findings, operation);
  for (const holder of [item, operation]) {
    const parameters = partsIn(child(holder, 'parameters')).map((parameter) => findings.follow(parameter));
    for (const parameter of parameters) checkParameter(findings, parameter);
    checkDistinct(findings, parameters);
  }
  const body = partAt(operation, 'requestBody');
  if (body !== undefined && method === 'get')
    findings.add(operation, 'requestBody', 'fetch cannot send a body with GET.');
  else if (body !== undefined) checkBody(findings, findings.follow(body));
  if (partsIn(partAt(operation, 'responses')).length === 0)
    findings.add(operation, 'responses', 'an operation must have at least one reply.');
  for (const reply of partsIn(partAt(operation, 'responses'))) {
    checkReply(findings, findings.follow(reply), lastStep(reply.pointer));
  }
}
