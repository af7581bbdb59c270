import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from '@jest/globals';

const project = join(import.meta.dirname, '..', '..');

/** Runs a group whose process starts another one that never ends, like a server, and prints its temporary folders. */
const run = `
import { runGroup } from ${JSON.stringify(join(import.meta.dirname, 'run-group.ts'))};
const work = \`
  const { spawn } = await import('node:child_process');
  const { mkdtempSync } = await import('node:fs');
  spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1e9)'], { stdio: ['ignore', 'inherit', 'ignore'] });
  const folders = [mkdtempSync(process.env.TMPDIR + '/a-'), process.env.SCRATCH_FOLDER];
  console.log(JSON.stringify(folders));
  if (process.argv[1] === 'ends') process.exit(); else setInterval(() => {}, 1e9);
\`;
const { ended } = await runGroup(['--input-type=module', '--eval', work, process.argv[1]], {}, ['inherit', 'inherit']);
await ended;
`;

describe('a run leaves no processes and no folders behind', () => {
  test.each(['ends', 'is killed', 'is asked to end'])('when it %s', async (how) => {
    const args = ['--import', 'tsx', '--input-type=module', '--eval', run, how];
    const child = spawn(process.execPath, args, { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
    // This resolves once no process has the standard output open, so the server has ended, too.
    const closed = once(child, 'close');
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const folders = JSON.parse(line) as string[];
    expect(folders).toHaveLength(2);
    if (how !== 'ends') child.kill(how === 'is killed' ? 'SIGKILL' : 'SIGTERM');
    await closed;
    // A detached process removes the folders of a killed run; the only way to wait for it is to poll.
    while (folders.some((folder) => existsSync(folder))) await new Promise((resolve) => setImmediate(resolve));
  });
});

test('a process that an npm script starts ends when npm has ended its shell', async () => {
  const preload = join(import.meta.dirname, 'end-when-orphaned.js');
  const program = "console.log('started'); setInterval(() => {}, 1e9)";
  const command = `"${process.execPath}" --import "${preload}" --eval "${program}"; true`;
  const shell = spawn(command, { shell: true, cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  // It resolves when no process has the standard output open.
  const closed = once(shell, 'close');
  await once(createInterface({ input: shell.stdout }), 'line');
  shell.kill('SIGTERM');
  await closed;
});
