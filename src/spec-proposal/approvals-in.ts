import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Approval, readApprovals } from '../spec-diff/index.js';

/** The approvals in a file; empty if the file does not exist yet. */
export function approvalsIn(folder: string, name: string): Approval[] {
  const file = join(folder, name);
  return existsSync(file) ? readApprovals(readFileSync(file, 'utf8'), name) : [];
}
