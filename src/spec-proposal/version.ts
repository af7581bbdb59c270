import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, nextVersion, readSource, versionStepFor } from '../spec-diff/index.js';
import { ProposalError } from './run-command.js';

/** The version that the package declares, and the one that the contract changes require. */
export interface DeclaredVersion {
  readonly base: string;
  readonly declared: string;
  /** The lowest version that is allowed for the changes. */
  readonly required: string;
  /** The problems with the declared version. */
  readonly problems: readonly string[];
}

/** @param base - A git revision. */
export async function declaredVersion(
  base: string,
  folder: string,
  findings: readonly Finding[],
): Promise<DeclaredVersion> {
  const before = versionOf((await readSource(`${base}:package.json`, folder)).text, `${base}:package.json`);
  const declared = versionOf(readFileSync(join(folder, 'package.json'), 'utf8'), 'package.json');
  const required = nextVersion(before, versionStepFor(findings)).version;
  const problems = [
    ...(isBefore(declared, required)
      ? [
          `package.json declares ${declared}, but this change requires ${required} or later: run ` +
            `\`npm version ${required} --no-git-tag-version\`.`,
        ]
      : []),
    ...(declared !== before && !isBefore(declared, required) && !hasEntry(folder, declared)
      ? [`CHANGELOG.md has no entry for ${declared}: add \`## [${declared}] - DATE\` with the changes.`]
      : []),
  ];
  return { base: before, declared, required, problems };
}

/** Whether a version precedes another, by major, minor and patch number. */
export function isBefore(version: string, other: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(other)];
  const first = left.findIndex((number, index) => number !== right[index]);
  return first !== -1 && (left[first] ?? 0) < (right[first] ?? 0);
}

function numbersOf(version: string): number[] {
  return version.split(/[-+]/, 1)[0]?.split('.').map(Number) ?? [];
}

function versionOf(manifest: string, name: string): string {
  const version = /^ {2}"version":\s*"(\d+\.\d+\.\d+[^"]*)"/m.exec(manifest)?.[1];
  if (version === undefined) throw new ProposalError(`${name} needs a version such as "1.2.3".`);
  return version;
}

function hasEntry(folder: string, version: string): boolean {
  const file = join(folder, 'CHANGELOG.md');
  return existsSync(file) && readFileSync(file, 'utf8').includes(`\n## [${version}]`);
}
