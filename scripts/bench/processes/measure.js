import { readFileSync, writeSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

// Preload this into a process to measure it. On exit it writes the measurements to file descriptor 3.
// This folder is plain JavaScript, because a TypeScript loader would be measured, too.

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
let startedAt = 0;
let cpuBefore = { user: 0, system: 0 };

/** Resets time and CPU, but not peak memory. */
export function startMeasuring() {
  delay.reset();
  startedAt = performance.now();
  cpuBefore = process.cpuUsage();
}

process.once('exit', () => {
  const { user, system } = process.cpuUsage(cpuBefore);
  const result = {
    ms: performance.now() - startedAt,
    cpuMs: (user + system) / 1_000,
    peakMegabytes: peakKilobytes() / 1_024,
    delayP99Ms: delay.percentile(99) / 1e6,
    delayMaxMs: delay.max / 1e6,
  };
  writeSync(3, JSON.stringify(result));
});

/** On Linux, `resourceUsage` includes the memory of the parent process, so this reads the value from /proc. */
function peakKilobytes() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
}
