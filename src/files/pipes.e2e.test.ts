import { execFile, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { openRows } from './open-rows.js';
import { scanFile } from './scan-file.js';
import { brief, rowsOf, unlabeled, useFolder } from './test-support.js';

/** Longer than any process takes that does not hang, in milliseconds. */
const hangs = 120_000;

jest.setTimeout(hangs);

const folder = useFolder();
const options = { defaultTypes: [unlabeled] };
const { signal } = new AbortController();

async function pipe(name: string): Promise<string> {
  await promisify(execFile)('mkfifo', [folder.path(name)]);
  return folder.path(name);
}

describe('a pipe', () => {
  test('is copied, so that it can be read twice, and the copy is removed', async () => {
    const path = await pipe('twice');
    const scanning = scanFile(path, options, signal);
    await writeFile(path, 'from_id,to_id\n1,2\n3,4\n1,2\n');
    const scan = await scanning;
    expect(scan).toMatchObject({ rows: 3, repeatedRows: 1 });
    expect((await stat(scan.folder)).mode & 0o777).toBe(0o700);
    expect(brief(await rowsOf(await scan.open()))).toEqual(['2 1→2', '3 3→4', '4 1→2']);
    await scan.close();
    await expect(stat(scan.folder)).rejects.toThrow('ENOENT');
  });

  test.each([
    ['while it is copied', (path: string, abort: AbortSignal) => scanFile(path, options, abort)],
    ['while it is read', (path: string, abort: AbortSignal) => openRows(path, { ...options, signal: abort })],
  ])('without data ends immediately when the signal aborts %s', async (name, reading) => {
    const path = await pipe(name.replaceAll(' ', '-'));
    // Opened for reading and writing, so that opening does not wait for a reader, and the pipe does not
    // end.
    const writer = await open(path, 'r+');
    const interrupt = new AbortController();
    const result = reading(path, interrupt.signal);
    await writer.write('from_id,to_id\n1,2\n');
    interrupt.abort(new Error('SIGINT'));
    await expect(result).rejects.toMatchObject({ code: 'STOPPED', reason: 'aborted' });
    await writer.close();
  });
});

/** Runs code with the functions of this folder in a separate process, with its own folder for temporary files. */
function start(code: string, temporary = folder.path('tmp')): Started {
  const program = `
    import { mkdir, readdir, writeFile } from 'node:fs/promises';
    import { hostname } from 'node:os';
    import { openRows } from ${JSON.stringify(`${import.meta.dirname}/open-rows.ts`)};
    import { scanFile } from ${JSON.stringify(`${import.meta.dirname}/scan-file.ts`)};
    process.env.TMPDIR = ${JSON.stringify(temporary)};
    const interrupt = new AbortController();
    process.once('SIGINT', () => interrupt.abort(new Error('SIGINT')));
    const options = { defaultTypes: ${JSON.stringify([unlabeled])}, signal: interrupt.signal };
    const print = (text) => new Promise((resolve) => process.stdout.write(text + '\\n', resolve));
    const printError = ({ code, reason, option }) => print([code, reason ?? option].join(' '));
    ${code}`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  let output = '';
  const waiting = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    for (const check of waiting) check();
  });
  const printed = (text: string): Promise<string> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (output.includes(text)) resolve(output);
      };
      waiting.add(check);
      check();
    });
  const ended = once(child, 'close').then(() => ({ exitCode: child.exitCode, output }));
  return { child, printed, ended };
}

interface Started {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  /** Waits until its output contains the text, and returns the output. */
  readonly printed: (text: string) => Promise<string>;
  readonly ended: Promise<{ exitCode: number | null; output: string }>;
}

const children: Started['child'][] = [];
beforeEach(async () => {
  await mkdir(folder.path('tmp'), { recursive: true });
  await writeFile(folder.path('pairs'), 'from_id,to_id\n1,2\n');
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder.path('tmp'), { recursive: true });
});

/** Scans a file, like the next run. */
const nextScan = (): string =>
  `await (await scanFile(${JSON.stringify(folder.path('pairs'))}, options, interrupt.signal)).close();`;

describe('standard input', () => {
  test.each([
    ['copied', `scanFile('-', options, interrupt.signal)`],
    ['read', `openRows('-', options)`],
  ])('without data can be interrupted while it is %s', async (_, reading) => {
    const { child, printed, ended } = start(`
        const result = ${reading}.catch(printError);
        await print('reading');
        await result;`);
    await printed('reading');
    child.kill('SIGINT');
    // The process ends even though its standard input stays open.
    expect(await ended).toEqual({ exitCode: 0, output: 'reading\nSTOPPED aborted\n' });
    expect(await readdir(folder.path('tmp'))).toEqual([]);
  });

  test('that cannot be copied is reported as a problem of TMPDIR', async () => {
    const { ended } = start(`await scanFile('-', options, interrupt.signal).catch(printError);`, folder.path('none'));
    expect((await ended).output).toBe('CONFIGURATION TMPDIR\n');
  });
});

describe('a named pipe', () => {
  test.each([
    ['that nobody writes to', false],
    ['whose writer writes nothing', true],
  ])('%s does not keep an interrupted process alive', async (name, isWritten) => {
    const path = await pipe(name.replaceAll(' ', '-'));
    const writer = isWritten ? await open(path, 'r+') : undefined;
    const { child, printed, ended } = start(`
      const result = openRows(${JSON.stringify(path)}, options).catch(printError);
      await print('reading');
      await result;`);
    await printed('reading');
    child.kill('SIGINT');
    expect(await ended).toEqual({ exitCode: 0, output: 'reading\nSTOPPED aborted\n' });
    await writer?.close();
  });
});

describe('temporary files', () => {
  test('stay while their process runs, and are removed by the next scan after it was killed', async () => {
    const { child, printed, ended } = start(`
        await scanFile('-', options, interrupt.signal);
        await print('copied');
        setInterval(() => undefined, 1_000);`);
    child.stdin.end('from_id,to_id\n1,2\n');
    await printed('copied');
    await start(nextScan()).ended;
    expect(await readdir(folder.path('tmp'))).toHaveLength(1);
    child.kill('SIGKILL');
    await ended;
    await start(nextScan()).ended;
    expect(await readdir(folder.path('tmp'))).toEqual([]);
  });

  test('of an earlier process with the same id are removed, and files that may be in use stay', async () => {
    const { ended } = start(`
        const folderOf = (host, id) => 'hubspot-associations-' + host + '-' + id + '-0123456789abcdef-1';
        const names = [folderOf('not-' + hostname(), 999_999_999), folderOf(hostname(), 1), 'hubspot-associations-XyZ123'];
        for (const name of [...names, folderOf(hostname(), process.pid)]) await mkdir(process.env.TMPDIR + '/' + name);
        process.kill = () => {
          throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
        };
        ${nextScan()}
        await print(String((await readdir(process.env.TMPDIR)).sort().join() === names.sort().join()));`);
    expect((await ended).output).toBe('true\n');
  });
});
