import { spawnSync } from 'node:child_process';
import { runKilled, type KilledRun, type KilledRunResult } from './kills.js';

/** A process namespace of its own, which ends with its parent, as the one of a container does. */
const namespace = ['unshare', '--user', '--map-root-user', '--pid', '--uts', '--fork', '--kill-child'];

/** Whether this machine can put a process into namespaces of its own. */
export function hasNamespaces(): boolean {
  const [program = '', ...args] = namespace;
  return spawnSync(program, [...args, 'true']).status === 0;
}

/** Kills a command that is process 1 of a host with another name each time, as that of a restarted container is. */
export function runInContainers(run: KilledRun): Promise<KilledRunResult> {
  return runKilled({
    ...run,
    within: (start) => [...namespace, 'sh', '-c', `hostname container-${String(start)}; exec "$@"`, 'sh'],
  });
}
