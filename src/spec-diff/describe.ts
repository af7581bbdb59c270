import { createHash } from 'node:crypto';
import { affectedBy } from './affected-code.js';
import { byLength, type Change } from './change.js';
import type { Description } from '../openapi/index.js';
import { severities, type Finding } from './finding.js';
import { titleOf, type Operation, type OperationPair } from './operations.js';
import { rules, type Rule } from './rules.js';

/** What findings refer to. */
export interface Sources {
  readonly old: Description;
  readonly new: Description;
  /** The operations that the code is generated from. */
  readonly generated: readonly Operation[];
}

/** Puts the changes of one operation into words; the same change at several places is one finding. */
export function describe(pair: OperationPair, changes: readonly Change[], sources: Sources): Finding[] {
  const operation = pair.old ?? pair.new;
  if (operation === undefined) return [];
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const { ruleId, direction, oldAt, newAt, old, new: changed } = change;
    const key = JSON.stringify([ruleId, direction, oldAt.pointer, newAt.pointer, old, changed]);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].flatMap(([first, ...more]) =>
    first === undefined ? [] : [findingOf(operation, [first, ...more], sources)],
  );
}

/** In the order of the descriptions within each severity. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  return severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

function findingOf(operation: Operation, changes: [Change, ...Change[]], sources: Sources): Finding {
  const [change] = changes;
  const pointers = changes.flatMap(({ part, paths }) => paths.map((path) => pointerOf(part, path))).sort(byLength);
  const [pointer = change.part, ...alsoAt] = new Set(pointers);
  const values = {
    ...(change.old === undefined ? {} : { old: change.old }),
    ...(change.new === undefined ? {} : { new: change.new }),
  };
  return {
    ruleId: change.ruleId,
    direction: change.direction,
    severity: severityOf(change),
    fingerprint: fingerprint([change.ruleId, change.direction, titleOf(operation), pointer, change.old, change.new]),
    operation: titleOf(operation),
    pointer,
    alsoAt,
    message: messageOf(change, pointer),
    ...values,
    oldPlace: sources.old.place(change.oldAt),
    newPlace: sources.new.place(change.newAt),
    affects: [...new Set(changes.flatMap((one) => affectedBy(one, operation, sources.generated)))],
  };
}

function pointerOf(part: string, path: string): string {
  return path === '' ? part : `${part} ${path.replace(/^\./, '')}`;
}

function severityOf({ ruleId, direction }: Change): Finding['severity'] {
  const rule: Rule = rules[ruleId];
  const severity = rule.severity[direction];
  if (severity === undefined) throw new Error(`The rule ${ruleId} is not meant for a ${direction}.`);
  return severity;
}

function messageOf({ ruleId, old, new: changed }: Change, pointer: string): string {
  const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  const says = rules[ruleId].says.replace('{old}', () => text(old)).replace('{new}', () => text(changed));
  return `${pointer}: ${says}`;
}

/** Of what the change means, and nothing of where it happens to stand in the file. */
function fingerprint(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}
