import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { contactsToCompanies, run, token, useWorkspace, withToken } from './test-support.js';

const workspace = useWorkspace();

/** The token in each form in which a server may send it back. */
const forms: readonly (readonly [name: string, form: string])[] = [
  ['as plain text', token],
  ['escaped in JSON', token.replaceAll('-', '\\u002d')],
  ['with every character escaped in JSON', escapedEach(token, '\\u00')],
  ['in a URL', escapedEach(token, '%')],
  ['in Base64', btoa(token)],
  ['in Base64 of a header', btoa(`Bearer ${token}`)],
  ['in Base64 after one byte', btoa(`:${token}`)],
  ['in Base64URL', btoa(`??${token}`).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')],
];

function escapedEach(text: string, prefix: string): string {
  return Array.from(text, (character) => prefix + character.charCodeAt(0).toString(16)).join('');
}

/** Texts that must occur nowhere, even after unescaping. */
const secrets = [token, token.slice(9), ...['', ':', 'Bearer ', '??'].map((before) => btoa(before + token).slice(12, 48))]; // prettier-ignore

function requireHidden(text: string): void {
  const unescaped = text
    .replaceAll(/\\+u00([0-9a-f]{2})|%([0-9a-f]{2})/gi, (_, json?: string, url?: string) =>
      String.fromCharCode(Number.parseInt(json ?? url ?? '', 16)),
    ) // prettier-ignore
    .replaceAll('\\', '');
  for (const secret of secrets) {
    expect(text).not.toContain(secret);
    expect(unescaped).not.toContain(secret);
  }
}

/** Two rows are created, two are refused, and each text of the reply contains the token. */
function accepted(form: string): Response {
  const result = (id: string): string =>
    `{"fromObjectTypeId":"0-1","fromObjectId":"${id}","toObjectTypeId":"0-2","toObjectId":"1","labels":["${form}"]}`;
  const error = (context: string): string =>
    `{"status":"error","id":"${form}","category":"${form}","subCategory":"${form}","message":"no ${form}","context":${context},"${form}":["${form}"]}`;
  const errors = [error('{"fromObjectId":["3"]}'), error('{"fromObjectId":["4"]}'), error(`{"${form}":["${form}"]}`)];
  const body = `{"status":"COMPLETE","startedAt":"${form}","completedAt":"x","numErrors":3,"results":[${result('1')},${result('2')}],"errors":[${errors.join(',')}],"${form}":"${form}"}`;
  // Not every form is a valid header value.
  return new Response(body, { status: 207, headers: { 'x-hubspot-correlation-id': `id ${form}`, 'x-echo': `Bearer ${form}` } }); // prettier-ignore
}

/** The whole request is refused. */
function refused(form: string): Response {
  const body = `{"status":"error","message":"no ${form}","correlationId":"${form}","category":"${form}","context":{"${form}":["${form}"]}}`;
  return new Response(body, { status: 422, headers: { 'x-hubspot-correlation-id': form } });
}

const answers = { accepted, refused };

test.each(forms.flatMap((form) => (['accepted', 'refused'] as const).map((kind) => [kind, ...form] as const)))(
  'a reply (%s) that contains the token %s does not leak it',
  async (kind, _, form) => {
    const files = { ledger: workspace.path('ledger.ndjson'), rejects: workspace.path('rejects.csv') };
    const url = await workspace.serve((request) => request.text().then(() => answers[kind](form)));
    const args = ['create', await workspace.pairs(4), ...contactsToCompanies, '--base-url', url];
    const written = ['--ledger', files.ledger, '--rejects', files.rejects];
    const first = await run([...args, ...written], withToken);
    expect(first.exitCode).toBe(2);
    const again = await run([...args, ...written, '--json'], withToken);
    const [ledger, rejects] = await Promise.all([readFile(files.ledger, 'utf8'), readFile(files.rejects, 'utf8')]);
    for (const text of [first.stdout, ledger, rejects, again.stdout]) expect(text).toContain('[access token]');
    for (const text of [first.stdout, first.stderr, again.stdout, again.stderr, ledger, rejects]) requireHidden(text);
  },
);
