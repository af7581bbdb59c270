import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findingsInUse } from '../contract/findings-in-use.js';
import type { Finding } from '../spec-diff/index.js';
import { git } from './git.js';

/**
 * Returns a function that lists, in Markdown, where the source uses the code that a finding affects. It analyzes the
 * source and types of the base revision, because code that uses a removed member no longer compiles.
 *
 * @param base - A git revision.
 */
export function affectedCode(base: string, folder: string, findings: readonly Finding[]): (finding: Finding) => string {
  const uses = findings.length === 0 ? new Map<string, string[]>() : usesAt(base, folder, findings);
  return ({ fingerprint, pointer, ruleId }) => {
    // A change of the operation, a status or the path affects every call.
    if (!pointer.includes(' ')) return ruleId.endsWith('-added') ? 'no' : 'yes: every call';
    const places = uses.get(fingerprint) ?? [];
    const listed = places.slice(0, 3).map((place) => `\`${place}\``);
    const more = places.length > listed.length ? `, ${String(places.length - listed.length)} more` : '';
    return places.length === 0 ? 'no use found' : `yes: ${listed.join(', ')}${more}`;
  };
}

function usesAt(base: string, folder: string, findings: readonly Finding[]): Map<string, string[]> {
  const temporary = mkdtempSync(join(tmpdir(), 'spec-check-'));
  const tree = join(temporary, 'base');
  git(folder, ['worktree', 'add', '--quiet', '--detach', tree, base]);
  try {
    symlinkSync(join(folder, 'node_modules'), join(tree, 'node_modules'), 'junction');
    const found = findingsInUse(findings, join(tree, 'tsconfig.json'));
    const placesOf = (finding: Finding): string[] =>
      found
        .filter((inUse) => inUse.finding === finding)
        .flatMap(({ uses }) => uses)
        .filter(({ file }) => file.startsWith('src/') && !/(\.test|test-support)\.ts$/.test(file))
        .map(({ file, line }) => `${file}:${String(line)}`);
    return new Map(findings.map((finding) => [finding.fingerprint, placesOf(finding)]));
  } finally {
    git(folder, ['worktree', 'remove', '--force', tree]);
    rmSync(temporary, { recursive: true, force: true });
  }
}
