import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runContract } from './contract/run-contract.js';

/** `npm test`: every check of the project, in order, with what failed at the end where it is seen. */
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
}

/** npm is a batch file on Windows, which only a shell runs. */
const shell = process.platform === 'win32';

function runStep({ title, script }: (typeof steps)[number]): Result {
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', script], { cwd: project, encoding: 'utf8', shell });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`${status === 0 ? '✓' : '✗'} ${title} (${seconds} s)`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  return { title, passed: status === 0 };
}

const results: Result[] = [];
for (const step of steps) {
  const result = runStep(step);
  results.push(result);
  // Without a build there is nothing to test, and every later failure would only repeat it.
  if (!result.passed && step.title === 'build') break;
}

let passed = results.filter((result) => result.passed).length;
let failed = results.length - passed;
if (results[0]?.passed === true) {
  const { jest, uncovered } = await runContract({ args: [], complete: true, quiet: true });
  passed += jest.passed;
  // A run that failed without a test that did must not count as none.
  failed += Math.max(jest.failed.length + uncovered, jest.exitCode === 0 ? 0 : 1);
}

for (const { title } of results.filter((result) => !result.passed)) console.log(`✗ ${title}`);
console.log(`\n${String(passed)} passed, ${String(failed)} failed`);
process.exitCode = failed === 0 ? 0 : 1;
