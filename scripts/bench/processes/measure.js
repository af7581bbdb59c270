import { readFileSync, writeSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

// Preloaded in every process that is measured; at the end it writes what the process took to descriptor 3.
// Plain JavaScript, as everything in this folder: a loader of TypeScript would be measured as well.

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
let startedAt = 0;
let cpuBefore = { user: 0, system: 0 };

/** Leaves out what the process has done so far. Memory counts all the same. */
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

/** On Linux, `resourceUsage` counts what the process that started this one had in memory, so the kernel is asked. */
function peakKilobytes() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
}
