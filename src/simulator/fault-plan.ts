import { faultKinds, isRecord, selectionMembers, type Check, type FaultKind } from './fault-kinds.js';
import type { Fault, FaultPlan } from './faults.js';

/**
 * Checks a plan that was read from a file.
 *
 * @throws RangeError naming the invalid member.
 */
export function parseFaultPlan(value: unknown): FaultPlan {
  const seed = isRecord(value) ? (value['seed'] ?? 0) : undefined;
  const faults = isRecord(value) ? value['faults'] : undefined;
  if (!Array.isArray(faults)) throw new RangeError('faults: give a list of faults, each with its kind.');
  if (typeof seed !== 'number' || !Number.isSafeInteger(seed)) throw new RangeError('seed: give a whole number.');
  return { seed, faults: faults.map((fault: unknown, index) => parseFault(fault, `faults/${String(index)}`)) };
}

function parseFault(fault: unknown, place: string): Fault {
  const kind = isRecord(fault) ? fault['kind'] : undefined;
  if (!isRecord(fault) || !isKind(kind)) {
    throw new RangeError(`${place}/kind: give one of ${Object.keys(faultKinds).join(', ')}.`);
  }
  const checks: Readonly<Record<string, Check<unknown>>> = { ...selectionMembers, ...faultKinds[kind] };
  for (const name of Object.keys(fault)) {
    if (name === 'kind' || Object.hasOwn(checks, name)) continue;
    throw new RangeError(`${place}/${name}: a fault of kind ${kind} has no such member.`);
  }
  for (const [name, check] of Object.entries(checks)) {
    if (check(fault[name])) continue;
    const problem = name in fault ? `cannot be ${JSON.stringify(fault[name])}.` : `a fault of kind ${kind} needs it.`;
    throw new RangeError(`${place}/${name}: ${problem}`);
  }
  if (!hasMembersOfKind(fault)) throw new RangeError(`${place}: is not a fault.`);
  return fault;
}

function isKind(kind: unknown): kind is FaultKind {
  return typeof kind === 'string' && Object.hasOwn(faultKinds, kind);
}

/** Every member has been checked by now. */
function hasMembersOfKind(fault: Record<string, unknown>): fault is Record<string, unknown> & Fault {
  return isKind(fault['kind']);
}
