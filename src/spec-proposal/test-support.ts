import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { git } from './git.js';

export const project = join(import.meta.dirname, '..', '..');

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
}

export interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Record<string, { permissions?: Record<string, string>; steps: Step[] }>;
}

export function workflow(name: string): Workflow {
  return parse(readFileSync(join(project, '.github', 'workflows', name), 'utf8')) as Workflow;
}

/** Imitates `gh` for a repository with at most one pull request and comment, and records its arguments. */
const fakeGh = `#!/usr/bin/env bash
set -e
echo "$*" >> "$GH_STATE/calls"
previous=
for argument in "$@"; do
  case "$previous" in
    --title) echo "$argument" > "$GH_STATE/title" ;;
    --body-file) cp "$argument" "$GH_STATE/body" ;;
    --field) cp "\${argument#body=@}" "$GH_STATE/comment" ;;
  esac
  previous=$argument
done
case "$*" in
  'pr list'*) if [ -f "$GH_STATE/body" ]; then echo 7; fi ;;
  'api --paginate'*) if [ -f "$GH_STATE/comment" ]; then echo 41; fi ;;
esac
`;

export interface Scratch {
  readonly folder: string;
  /** A recorded input of the fake `gh`. */
  recorded(file: 'calls' | 'title' | 'body' | 'comment'): string;
  git(...args: string[]): string;
  /** Runs the shell steps of a job, except for `npm ci`. */
  run(name: string, job: string, env?: Record<string, string>): Promise<{ code: number; out: string }>;
  remove(): void;
}

/** A git repository with the current files of the project, and a bare origin. */
export function scratchRepository(): Scratch {
  const root = mkdtempSync(join(tmpdir(), 'spec-proposal-'));
  const folder = join(root, 'clone');
  const state = join(root, 'gh');
  mkdirSync(folder);
  mkdirSync(join(root, 'bin'));
  mkdirSync(state);
  writeFileSync(join(root, 'bin', 'gh'), fakeGh, { mode: 0o755 });
  const copied = [
    'openapi',
    'generated',
    'src',
    'scripts',
    'contract-tests',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
  ];
  for (const name of [...copied, 'CHANGELOG.md']) cpSync(join(project, name), join(folder, name), { recursive: true });
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, '.gitignore'), 'node_modules\ncomment.md\n');
  const run = (...args: string[]): string => git(folder, args).toString();
  git(root, ['init', '--quiet', '--bare', '--initial-branch=main', 'origin.git']);
  run('init', '--quiet', '--initial-branch=main');
  for (const [key, value] of [
    ['user.name', 'Test'],
    ['user.email', 'test@example.invalid'],
    ['commit.gpgsign', 'false'],
  ] as const)
    run('config', key, value);
  run('add', '.');
  run('commit', '--quiet', '--message', 'One');
  run('remote', 'add', 'origin', join(root, 'origin.git'));
  run('push', '--quiet', '--set-upstream', 'origin', 'main');
  const environment = {
    ...process.env,
    PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
    ...{ GH_STATE: state, RUNNER_TEMP: root, GITHUB_STEP_SUMMARY: join(root, 'summary'), GITHUB_REPOSITORY: 'o/r' },
  };
  return {
    folder,
    git: run,
    recorded: (file) => readFileSync(join(state, file), 'utf8'),
    run: async (name, job, env = {}) => {
      const steps = workflow(name).jobs[job]?.steps.flatMap((step) => step.run ?? []) ?? [];
      // Each step sees the variables that earlier steps have set.
      const shared = 'export GITHUB_ENV="$RUNNER_TEMP/env"; : > "$GITHUB_ENV"\n';
      const script = steps
        .filter((step) => step !== 'npm ci')
        .map((step) => `set -a; . "$GITHUB_ENV"; set +a\n(\nset -eo pipefail\n${step}\n) || exit $?\n`)
        .join('');
      return new Promise((resolve) => {
        const options = { cwd: folder, env: { ...environment, ...env } };
        execFile('bash', ['-c', shared + script], options, (error, stdout, stderr) => {
          resolve({ code: error === null ? 0 : Number(error.code ?? 1), out: stdout + stderr });
        });
      });
    },
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
