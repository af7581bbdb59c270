// Preload (`node --import`) this into a process that an npm script starts. A CI system that cancels a job may end
// npm alone. npm passes the signal on to its shell only, so the process would run on with nobody to report to.
import process from 'node:process';

const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
}, 500).unref();
