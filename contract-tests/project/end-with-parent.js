// Preload (`node --import`) this into a process that must end with its parent, even if the parent is killed. Its
// standard input is a pipe, which closes when the parent ends. If the process leads a group (RUN_STARTED_BY), it
// kills the whole group; a detached process then removes the folders of the run (RUN_FOLDERS).
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
