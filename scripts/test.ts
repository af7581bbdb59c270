import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `npm test`: builds, runs the checks and then all tests. The failures are printed last. */
const project = join(import.meta.dirname, '..');

const build = { title: 'build', script: 'build' };
const checks = [
  { title: 'spec: lint', script: 'spec:lint' },
  { title: 'spec: generated files are fresh', script: 'generate:check' },
  { title: 'types', script: 'typecheck' },
  { title: 'lint: code and imports', script: 'lint:code' },
  { title: 'lint: format', script: 'lint:format' },
  { title: 'lint: unused files, exports and dependencies', script: 'lint:unused' },
];

interface Result {
  readonly title: string;
  readonly passed: boolean;
  readonly durationMs: number;
  readonly output: string;
}

/** On Windows, npm is a batch file, which needs a shell. */
const windows = process.platform === 'win32';

/** Running processes, each in its own group. They end with this process. */
const running = new Set<ChildProcess>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    for (const { pid } of running) if (pid !== undefined) process.kill(windows ? pid : -pid, 'SIGTERM');
    process.exit(1);
  });
}

function exitOf(child: ChildProcess): Promise<number> {
  running.add(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      running.delete(child);
      resolve(code ?? 1);
    });
  });
}

async function runStep({ title, script }: (typeof checks)[number]): Promise<Result> {
  const startedAt = performance.now();
  const child = spawn('npm', ['run', '-s', script], { cwd: project, shell: windows, detached: !windows });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const passed = (await exitOf(child)) === 0;
  const durationMs = performance.now() - startedAt;
  console.log(`${passed ? '✓' : '✗'} ${title} (${(durationMs / 1_000).toFixed(1)} s)`);
  return { title, passed, durationMs, output };
}

/** Runs the tests and reports everything. The tests end with this process, even if it is killed. */
async function runTests(results: readonly Result[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'checks-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'checks.json');
  writeFileSync(file, JSON.stringify(results));
  const preload = join(project, 'contract-tests', 'project', 'end-with-parent.js');
  const program = join('contract-tests', 'main.ts');
  const args = ['--import', preload, '--import', 'tsx', program, '--all', `--checks=${file}`];
  const stdio = ['pipe', 'inherit', 'inherit'] as const;
  console.log('… all tests: about three minutes; prints failures at the end');
  return await exitOf(spawn(process.execPath, args, { cwd: project, stdio: [...stdio], detached: !windows }));
}

const built = await runStep(build);
if (built.passed) {
  process.exitCode = await runTests([built, ...(await Promise.all(checks.map(runStep)))]);
} else {
  // Without a build, every later step would fail for the same reason.
  console.log(`${built.output}\n0 passed, 1 failed`);
  process.exitCode = 1;
}
