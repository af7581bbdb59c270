import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `npm test`: every check of the project, in order, and then all tests, with what failed at the end where it is seen. */
const project = join(import.meta.dirname, '..');

const steps = [
  { title: 'build', script: 'build' },
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
  readonly output: string;
}

/** npm is a batch file on Windows, which only a shell runs. */
const shell = process.platform === 'win32';

function runStep({ title, script }: (typeof steps)[number]): Result {
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', script], { cwd: project, encoding: 'utf8', shell });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`${status === 0 ? '✓' : '✗'} ${title} (${seconds} s)`);
  return { title, passed: status === 0, output: `${stdout}${stderr}` };
}

/** The tests, and the report of everything. It prints what failed. */
function runTests(results: readonly Result[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'checks-'));
  try {
    const checks = join(folder, 'checks.json');
    writeFileSync(checks, JSON.stringify(results));
    const args = ['--import', 'tsx', join('contract-tests', 'main.ts'), '--with-unit', `--checks=${checks}`];
    return spawnSync(process.execPath, args, { cwd: project, stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [build, ...others] = steps;
const built = build === undefined ? undefined : runStep(build);
if (built?.passed === true) {
  process.exitCode = runTests([built, ...others.map(runStep)]);
} else {
  // Without a build there is nothing to test, and every later failure would only repeat it.
  console.log(`${built?.output ?? ''}\n0 passed, 1 failed`);
  process.exitCode = 1;
}
