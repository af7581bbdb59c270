import { isJson, lastStep, partAt, partsIn, type Part } from '../../../src/openapi/index.js';
import { members, textTypes } from './list.js';
import { checkExamples } from './conformity.js';
import type { Findings } from './findings.js';
import { checkHeader } from './parameters.js';
import { checkSchema } from './schemas.js';

export function checkBody(findings: Findings, body: Part): void {
  findings.requireMembers(body, members.requestBody);
  checkContent(findings, body, 'the client sends only one');
  for (const content of partsIn(partAt(body, 'content'))) {
    const schema = partAt(content, 'schema');
    if (isJson(lastStep(content.pointer)) && schema !== undefined && !findings.has(schema))
      checkEmptyBodies(findings, schema, body.value['required'] === true);
  }
}

/** Prism treats a falsy JSON body as missing. */
function checkEmptyBodies(findings: Findings, schema: Part, required: boolean): void {
  const empty = (required ? [null, false, 0, ''] : [null]).find(
    (value) => findings.differs(schema, value) === undefined,
  );
  if (empty === undefined) return;
  const shown = JSON.stringify(empty);
  findings.add(schema, 'type', `Prism treats the body ${shown} as missing; use an object or an array.`);
}

export function checkReply(findings: Findings, reply: Part, status: string): void {
  findings.requireMembers(reply, members.response);
  for (const header of partsIn(partAt(reply, 'headers'))) checkHeader(findings, findings.follow(header));
  if (status.startsWith('1')) findings.add(reply, status, 'fetch never returns this status.');
  else if (status.startsWith('3'))
    findings.add(reply, status, 'fetch follows redirects itself, so the client never sees one.');
  else if (!/^(?:[245](?:\d\d|XX)|default)$/.test(status))
    findings.add(reply, status, 'a status must be a number such as 201, a range such as 4XX, or default.');
  if (/^20[45]$/.test(status) && 'content' in reply.value) {
    findings.add(reply, 'content', `a reply with status ${status} cannot have a body.`);
  }
  checkContent(findings, reply, 'the client reads only one');
}

function checkContent(findings: Findings, holder: Part, why: string): void {
  const contents = partsIn(partAt(holder, 'content'));
  if (contents.length > 1)
    findings.add(holder, 'content', `there are ${String(contents.length)} media types, but ${why}.`);
  for (const content of contents) {
    const mediaType = lastStep(content.pointer);
    if (!isJson(mediaType) && !textTypes.test(mediaType)) {
      findings.add(content, mediaType, 'a body must be JSON or text.');
      continue;
    }
    findings.requireMembers(content, members.mediaType);
    checkExamples(findings, content);
    const schema = partAt(content, 'schema');
    if (schema === undefined) findings.add(content, 'schema', 'a body without a schema cannot be tested.');
    else if (mediaType.startsWith('text/')) requireText(findings, schema);
    else checkSchema(findings, schema);
  }
}

function requireText(findings: Findings, schema: Part): void {
  checkSchema(findings, schema);
  for (const keyword of ['enum', 'const', 'format', 'pattern', 'minLength', 'maxLength', '$ref']) {
    if (keyword in schema.value) findings.add(schema, keyword, 'the content of a text body is not checked.');
  }
  if (schema.value['type'] !== 'string') findings.add(schema, 'type', 'a text body must be a string.');
}
