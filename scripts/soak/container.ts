import { spawnSync } from 'node:child_process';
import { runKilled, type KilledRun, type KilledRunResult } from './kills.js';

/** Runs a command in its own process namespace, which ends with its parent, like a container. */
const namespace = ['unshare', '--user', '--map-root-user', '--pid', '--uts', '--fork', '--kill-child'];

/** Whether this machine supports process namespaces. */
export function hasNamespaces(): boolean {
  const [program = '', ...args] = namespace;
  return spawnSync(program, [...args, 'true']).status === 0;
}

/** Like `runKilled`, but each command is process 1 on a new host name, as in a restarted container. */
export function runInContainers(run: KilledRun): Promise<KilledRunResult> {
  return runKilled({
    ...run,
    within: (start) => [...namespace, 'sh', '-c', `hostname container-${String(start)}; exec "$@"`, 'sh'],
  });
}
