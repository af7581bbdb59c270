import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { contactsToCompanies, run, start, summary, useWorkspace, withToken } from './test-support.js';

const workspace = useWorkspace();

/** Moves the cursor, sets the title (also with C1), changes the writing direction, and begins a line. */
const hostile = '\u001b[2J\u001b]0;title\u0007\u009b31m\u202e\u2066\u061c\u2028\r8\b\u007f';

/** Text for people may contain only visible characters and line ends. */
function requirePlain(text: string): void {
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
}

/** Refuses each pair, and names it. */
async function refuse(request: Request): Promise<Response> {
  const { inputs } = (await request.json()) as { inputs: { from: { id: string } }[] };
  const errors = inputs.map(({ from }) => ({
    ...{ status: 'error', category: hostile, message: `No contact ${from.id}${hostile}` },
    context: { fromObjectId: [from.id] },
  }));
  const body = { status: 'COMPLETE', startedAt: 'x', completedAt: 'x', results: [], numErrors: errors.length, errors };
  return Response.json(body, { status: 207 });
}

describe('control characters of ids and of the server', () => {
  const id = `7${hostile}`;

  test('are escaped in the summary for people', async () => {
    const file = await workspace.file('pairs.csv', `from_id,to_id\n"${id}",1\n,1\n"1.5E+3${hostile}",1\n`);
    const args = ['create', file, ...contactsToCompanies, '--base-url', await workspace.serve(refuse)];
    const { stdout, stderr } = await run(args, withToken);
    requirePlain(stdout);
    requirePlain(stderr);
    expect(stdout).toContain('No contact 7\\u001b[2J\\u001b]0;title\\u0007\\u009b31m\\u202e');
  });

  test('do not begin a new line', async () => {
    const file = await workspace.file('pairs.csv', 'from_id,to_id\n"7\n  created 1,000",1\n');
    const args = ['create', file, ...contactsToCompanies, '--base-url', await workspace.serve(refuse)];
    const { stdout } = await run(args, withToken);
    expect(stdout).not.toContain('\n  created 1,000');
    expect(stdout).toContain('7\\u000a  created 1,000');
  });

  test('are preserved in the JSON summary, in the ledger and in the rejects', async () => {
    const file = await workspace.file('pairs.csv', `from_id,to_id\n"${id}",1\n`);
    const written = { ledger: workspace.path('ledger.ndjson'), rejects: workspace.path('rejects.csv') };
    const args = ['create', file, ...contactsToCompanies, '--base-url', await workspace.serve(refuse), '--json'];
    const result = await run([...args, '--ledger', written.ledger, '--rejects', written.rejects], withToken);
    requirePlain(result.stdout);
    const { reasons } = summary(result) as { reasons: { reason: string }[] };
    expect(reasons[0]?.reason).toContain(`No contact ${id}`);
    expect(parse(await readFile(written.rejects), { columns: true })).toMatchObject([
      { from_id: id, outcome: 'failed' },
    ]);
    const records = (await readFile(written.ledger, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(JSON.stringify(records)).toContain(JSON.stringify(id).slice(1, -1));
  });

  test('are escaped in an error', async () => {
    const results = [
      await run(['create', `absent${hostile}.csv`, ...contactsToCompanies, '--dry-run']),
      await run([`link${hostile}`]),
      await run(['create', await workspace.pairs(1), ...contactsToCompanies, '--type', hostile]),
      await run([
        'create',
        await workspace.file('bad.csv', `a${hostile},b\n1,2\n`),
        ...contactsToCompanies,
        '--dry-run',
      ]),
    ];
    for (const { exitCode, stdout, stderr } of results) {
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      requirePlain(stderr);
      expect(stderr).toContain('\\u001b[2J');
    }
  });

  test('are escaped if a refusal stops the run', async () => {
    const fetch = (): Promise<Response> => Promise.resolve(Response.json({ message: hostile, category: hostile, correlationId: hostile }, { status: 403 })); // prettier-ignore
    const args = [
      'create',
      await workspace.pairs(2),
      ...contactsToCompanies,
      '--base-url',
      await workspace.serve(fetch),
    ];
    const { exitCode, stdout, stderr } = await run(args, withToken);
    expect(exitCode).toBe(1);
    requirePlain(stdout + stderr);
    expect(stdout).toMatch(/Stopped: .*refused with 403.*\\u001b\[2J/);
  });

  test('are escaped in the log of the simulator', async () => {
    const { child, printed, ended } = start(['simulate']);
    const url = /http:\/\/[\d.]+:\d+/.exec(await printed('Ctrl-C ends it.'))?.[0] ?? '';
    await fetch(`${url}/${encodeURIComponent(hostile)}`);
    await printed('#1 ');
    child.kill('SIGINT');
    requirePlain((await ended).stdout);
  });
});
