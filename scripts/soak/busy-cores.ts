import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Runs a function while one process per core keeps the core busy. */
export async function whileCoresAreBusy<T>(work: () => Promise<T>): Promise<T> {
  const loops = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['--eval', 'for (;;) ;'], { stdio: 'ignore' }),
  );
  try {
    return await work();
  } finally {
    for (const loop of loops) loop.kill('SIGKILL');
  }
}
