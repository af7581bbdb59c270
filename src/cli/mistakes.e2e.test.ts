import { mkdir } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { contactsToCompanies as types, run, useWorkspace, type CommandRun } from './test-support.js';

const workspace = useWorkspace();
const direction = ['--from', 'contacts', '--to', 'companies'];

/** The message for a mistake. Checks that nothing was done, nothing else was printed, and there is no stack trace. */
async function answer(args: readonly string[], environment: Record<string, string> = {}, stdin = ''): Promise<string> {
  const result: CommandRun = await run(args, environment, stdin);
  expect(result).toMatchObject({ exitCode: 1, stdout: '' });
  expect(result.stderr).not.toMatch(/^ +at |node:|undefined|\[object/m);
  return result.stderr;
}

describe('a mistake in the arguments is answered with what to type', () => {
  test.each([
    [
      'a misspelt option',
      ['create', 'x', '--reject', 'y'],
      '--reject: there is no such option. Did you mean --rejects?',
    ],
    [
      'an option of another program',
      ['create', 'x', '--verbose'],
      '--verbose: there is no such option. The options are --from,',
    ],
    ['a short option', ['create', 'x', '-q'], '-q: there is no such option.'],
    ['a misspelt command', ['crate'], 'There is no command crate. Did you mean create?'],
    ['a file in place of a command', ['pairs.csv'], 'hubspot-associations create pairs.csv'],
    [
      'an option without its value',
      ['create', 'x', '--from', '--to', 'companies'],
      '--from: needs a value: --from TYPE. A value that begins with a dash is written --from=--to.',
    ],
    ['an option without its value, at the end', ['create', 'x', '--ledger'], '--ledger: needs a value: --ledger PATH.'],
    ['a switch with a value', ['create', 'x', '--json=yes'], '--json: takes no value. Write --json alone.'],
    [
      'options that exclude each other',
      ['create', 'x', ...types, '--dry-run', '--simulate'],
      '--dry-run: cannot be combined with --simulate.',
    ],
    ['an allowance beyond the limit', ['create', 'x', ...types, '--allowance', '1000000/10'], 'N from 1 to 100,000'],
    ['an invalid allowance', ['simulate', '--allowance', '100'], '--allowance: write N/SECONDS, such as 190/10'],
    [
      'an invalid type',
      ['create', 'x', ...direction, '--type', '279'],
      'hubspot-associations types contacts companies',
    ],
    ['an object type of types', ['types', 'contcts'], 'did you mean contacts?'],
    ['a file name with blanks', ['create', 'my', 'pairs.csv', ...types], 'A name with spaces is put in quotes.'],
    [
      'an invalid URL',
      ['create', 'x', ...types, '--base-url', 'foo'],
      '--base-url: give an absolute http or https URL',
    ],
    ['an empty name of a file', ['create', '', ...types], 'FILE: name the file of pairs'],
    ['an option in place of a command', ['--versio'], 'Did you mean --version?'],
    ['an empty path', ['create', 'x', ...types, '--ledger', ' '], '--ledger: is empty.'],
  ])('%s', async (_, args, message) => {
    expect(await answer(args)).toMatch(message);
  });

  test('with --json, the answer is one line of JSON', async () => {
    const { exitCode, stdout } = await run(['create', 'x', '--reject', 'y', '--json']);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'CONFIGURATION', message: '--reject: there is no such option. Did you mean --rejects?' },
      exitCode: 1,
    });
    expect(JSON.parse((await run(['crate', '--json'])).stdout)).toMatchObject({ error: { code: 'COMMAND' } });
  });
});

describe('a mistake in the object and association types is answered with the right ones', () => {
  test.each([
    ['a misspelt object type', ['--from', 'contcts', '--to', 'companies'], 'did you mean contacts?'],
    ['a type of the other direction', [...direction, '--type', 'HUBSPOT_DEFINED:280'], /280 is company → contact.*279/],
    [
      'no type at all',
      direction,
      'such as --type HUBSPOT_DEFINED:279. To see the types of this direction: hubspot-associations types contacts companies',
    ],
  ])('%s', async (_, args, message) => {
    expect(await answer(['create', await workspace.pairs(1), ...args, '--dry-run'])).toMatch(message);
  });
});

describe('a file that cannot be used is answered with what to do', () => {
  test.each([
    ['it does not exist', 'pair.csv', /FILE: there is no file pair\.csv in .*Did you mean .*pairs\.csv\?/],
    ['its folder does not exist', 'no/pairs.csv', /FILE: there is no folder .*no, so no pairs\.csv in it/],
    ['it is a folder', '', /FILE: .* is a folder\. Name a file in it, such as .*pairs\.csv/],
    ['a part of its path is a file', 'pairs.csv/x', /FILE: .*a part of its path is a file/],
  ])('%s', async (_, name, message) => {
    await workspace.pairs(1);
    expect(await answer(['create', workspace.path(name), ...types, '--dry-run'])).toMatch(message);
  });

  test.each([
    ['is empty', '', /the file is empty\. It needs a header and rows/],
    [
      'lacks its columns',
      'Contact ID,Company ID\n1,2\n',
      /It has "Contact ID", "Company ID"\. .*: --from-column "Contact ID" --to-column "Company ID"/,
    ],
    [
      'has no header',
      '37295,1439\n',
      /It has 37295, 1439\. That looks like a row: put a header above it, such as from_id,to_id/,
    ],
    ['is in UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x66, 0, 0, 0]), /in UTF-32.*iconv/],
    ['has a column twice', 'from_id,to_id,to_id\n', /the column to_id twice, in places 2 and 3/],
    [
      'is an Excel workbook',
      'PK\u0003\u0004\u0014\u0000\u0006\u0000',
      /Excel workbook \(\.xlsx\).*File > Save As > CSV UTF-8/,
    ],
    ['is binary', Buffer.from([0, 0, 0, 1, 2, 3, 250, 251]), /is binary, not text/],
  ])('it %s', async (_, content, message) => {
    expect(await answer(['create', await workspace.file('x.csv', content), ...types, '--dry-run'])).toMatch(message);
  });

  test('one column cannot hold both ids', async () => {
    const columns = ['--from-column', 'to_id', '--to-column', 'to_id'];
    expect(await answer(['create', await workspace.pairs(1), ...types, ...columns, '--dry-run'])).toMatch(
      /--from-column and --to-column both name to_id\. It has from_id, to_id\./,
    );
  });

  test.each([
    ['status', []],
    ['report', []],
    ['simulate', ['--faults']],
    ['contract', ['--changes']],
  ])('an input that %s cannot read is reported in plain words', async (command, option) => {
    expect(await answer([command, ...option, workspace.path('none')])).toMatch(
      /none cannot be read: there is no such file/,
    );
    expect(await answer([command, ...option, workspace.folder])).toMatch(/cannot be read: it is a folder/);
    const text = await workspace.file('x.txt', 'text');
    expect(await answer([command, ...option, text])).toMatch(/x\.txt is (not JSON|not empty and is not a ledger)/);
  });

  test('one that breaks off must be corrected first', async () => {
    const file = await workspace.file('x.json', '{"inputs": [{"from":{"id":"1"},"to":{"id":"2"}}');
    const { stdout } = await run(['create', file, ...types, '--simulate', '--ledger', workspace.path('ledger')]);
    expect(stdout).toMatch(/To resume, correct the file and run the command again, with another --ledger/);
  });

  test.each([
    ['a folder', '--ledger', '', /--ledger: .* is a folder\. Name a file in it/],
    ['in no folder', '--rejects', 'no/x.csv', /--rejects: .* there is no folder .*no\. Create it first/],
  ])('an output is %s', async (_, option, name, message) => {
    const args = ['create', await workspace.pairs(1), ...types, '--simulate', option, workspace.path(name)];
    expect(await answer(args)).toMatch(message);
  });
});

describe('the access token', () => {
  test.each([
    [
      'is missing',
      {},
      /HUBSPOT_ACCESS_TOKEN: set it .*export HUBSPOT_ACCESS_TOKEN=pat-….*--env-file \.env.*--simulate/,
    ],
    ['ends with a line break', { HUBSPOT_ACCESS_TOKEN: 'pat-secret\n' }, /has a line break in it.*tr -d/],
    ['ends with a blank', { HUBSPOT_ACCESS_TOKEN: 'pat-secret ' }, /begins or ends with a blank/],
    ['begins with Bearer', { HUBSPOT_ACCESS_TOKEN: 'Bearer pat-secret' }, /Leave that out/],
    ['is in quotes', { HUBSPOT_ACCESS_TOKEN: '"pat-secret"' }, /has quotes around it/],
    ['has a character that no token has', { HUBSPOT_ACCESS_TOKEN: 'pat-secret…' }, /Copy it again/],
  ])('that %s is refused without being repeated', async (_, environment, message) => {
    const said = await answer(['create', await workspace.pairs(1), ...types], environment);
    expect(said).toMatch(message);
    expect(said).not.toContain('secret');
  });

  test('is read from the file of --env-file, unless it is set', async () => {
    const authorizations: (string | null)[] = [];
    const url = await workspace.serve((request) => {
      authorizations.push(request.headers.get('authorization'));
      return Promise.resolve(Response.json({}, { status: 401 }));
    });
    const file = await workspace.file('.env', "# the token\r\nHUBSPOT_ACCESS_TOKEN='pat-from-file'\r\n");
    const args = ['create', await workspace.pairs(1), ...types, '--base-url', url, '--quiet', '--env-file', file];
    await run(args);
    await run(args, { HUBSPOT_ACCESS_TOKEN: 'pat-set' });
    expect(authorizations).toEqual(['Bearer pat-from-file', 'Bearer pat-set']);
  });

  test('may be missing in the file of --env-file, and the message says so', async () => {
    const file = await workspace.file('.env', 'OTHER=1\n');
    expect(await answer(['create', await workspace.pairs(1), ...types, '--env-file', file])).toMatch(
      /is not set in .*\.env/,
    );
    // Node 20 checks the file itself before it runs the program, and prints "not found".
    const absent = await run(['create', 'x', ...types, '--env-file', workspace.path('absent.env')]);
    expect(absent.exitCode).not.toBe(0);
    expect(absent.stderr).toMatch(/absent\.env.*not found|no file x/);
  });
});

describe('files from spreadsheets', () => {
  const content = 'Contact ID;Company ID;Näme\r\n1;5;Müller\r\n;;\r\n\r\n2;5;"two\r\nlines"\r\n';
  test.each([
    ['in UTF-16, from Windows', Buffer.from(`\ufeff${content}`, 'utf16le'), 'Read as UTF-16LE.'],
    ['in Windows-1252', Buffer.from(content, 'latin1'), 'Read as Windows-1252.'],
    ['with a line that names the delimiter', `\ufeffsep=;\r\n${content}`, 'rows         2'],
    ['with pipes and old line ends', content.replaceAll(';', '|').replaceAll('\r\n', '\r'), 'rows         2'],
  ])('are associated %s', async (_, bytes, said) => {
    await mkdir(workspace.path('Mein Ordner'));
    const file = await workspace.file('Mein Ordner/Kontakte März.csv', bytes);
    const columns = ['--from-column', 'contact id', '--to-column', 'Company ID'];
    const result = await run(['create', file, ...types, ...columns, '--simulate']);
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toContain(said);
    expect(result.stdout).toContain('= 2 + 0 + 0 + 0 + 0');
  });

  test('the documented body of the request is accepted, however it is formatted', async () => {
    const inputs = [1, 2].map((id) => ({ from: { id: String(id) }, to: { id: '5' } }));
    const file = await workspace.file('body.json', JSON.stringify({ inputs }, undefined, 2));
    const ledger = ['--ledger', workspace.path('ledger.ndjson')];
    expect((await run(['create', file, ...types, '--simulate', ...ledger])).exitCode).toBe(0);
    const again = await run(['create', file, ...types, '--simulate', ...ledger]);
    expect(again.stdout).toContain('2  rows already recorded in');
  });
});

test('--version prints the version', async () => {
  expect(await run(['--version'])).toMatchObject({ exitCode: 0, stdout: '0.1.0\n', stderr: '' });
});

test('types lists the types of a direction, and what --type takes', async () => {
  const { stdout } = await run(['types', 'contacts', '0-2']);
  expect(stdout).toMatch(/^HUBSPOT_DEFINED:279 +contact → company +unlabelled$/m);
  expect(stdout).not.toContain('company → contact');
  expect(JSON.parse((await run(['types', 'contact', 'company', '--json'])).stdout)).toContainEqual({ id: 1, from: 'contact', to: 'company', label: 'Primary' }); // prettier-ignore
});

test.each([[['--help']], [['create', '--help']], [['contract', '--help']], [['types', '-h']], [['help', 'simulate']]])(
  'the help of %j fits in 80 columns, except commands to copy',
  async (args) => {
    const { exitCode, stdout } = await run(args);
    expect(exitCode).toBe(0);
    for (const line of stdout.split('\n')) {
      if (!/^\s+(hubspot-associations )|https:/.test(line)) expect(line.length).toBeLessThanOrEqual(80);
    }
  },
);
