import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from '@jest/globals';

const project = join(import.meta.dirname, '..', '..');

/** Runs a group whose process starts another one that never ends, as a server does, and prints what there is. */
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

describe('what a run has started and written is gone', () => {
  test.each(['ends', 'is killed', 'is asked to end'])('after it %s', async (how) => {
    const args = ['--import', 'tsx', '--input-type=module', '--eval', run, how];
    const child = spawn(process.execPath, args, { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
    // It settles when nothing has the standard output open: the server has ended, too.
    const closed = once(child, 'close');
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const folders = JSON.parse(line) as string[];
    expect(folders).toHaveLength(2);
    if (how !== 'ends') child.kill(how === 'is killed' ? 'SIGKILL' : 'SIGTERM');
    await closed;
    // The process that removes the folders of a killed run has nobody left to report to.
    while (folders.some((folder) => existsSync(folder))) await new Promise((resolve) => setImmediate(resolve));
  });
});
