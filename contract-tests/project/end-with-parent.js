// Preloaded (`node --import`) into a process that must not outlive the one that started it, however that
// one ends: its standard input is a pipe, which closes then. A process that leads a group of its own
// (RUN_STARTED_BY) takes the group along, and leaves the folders of the run (RUN_FOLDERS) to another to remove.
import { spawn } from 'node:child_process';
import process from 'node:process';

const leadsGroup = process.platform !== 'win32' && process.env.RUN_STARTED_BY === String(process.ppid);

const remove = `
import { rmSync } from 'node:fs';
for (const folder of JSON.parse(process.env.RUN_FOLDERS)) rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
`;

process.stdin.on('end', () => {
  if (!leadsGroup) process.exit();
  spawn(process.execPath, ['--input-type=module', '--eval', remove], { detached: true, stdio: 'ignore' }).unref();
  process.kill(-process.pid, 'SIGKILL');
});
process.stdin.resume().unref();
