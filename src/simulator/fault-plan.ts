import type { Fault, FaultKind, FaultPlan } from './faults.js';

type Check = (value: unknown) => boolean;

const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isAnyNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 1;
const isShare: Check = (value) => typeof value === 'number' && value >= 0 && value <= 1;
const isStatus: Check = (value) => Number.isInteger(value) && Number(value) >= 300 && Number(value) <= 599;
const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isForm: Check = (value) => value === 'seconds' || value === 'date';
const isLatency: Check = (value) =>
  isRecord(value) &&
  Object.keys(value).length === 1 &&
  (isNumber(value['constant']) ||
    (Array.isArray(value['uniform']) && value['uniform'].length === 2 && value['uniform'].every(isNumber)) ||
    (isRecord(value['logNormal']) && isNumber(value['logNormal']['median']) && isNumber(value['logNormal']['p99'])));

const selection: Readonly<Record<string, Check>> = {
  at: (value) => Array.isArray(value) && value.every(isCount),
  every: isCount,
  probability: isShare,
  burst: isCount,
};

/** The members of each kind of fault; those that end in `!` are required. */
const members: Readonly<Record<FaultKind, Readonly<Record<string, Check>>>> = {
  latency: { 'ms!': isLatency },
  'reset-before': {},
  'reset-after': {},
  hang: { applied: isFlag },
  truncate: {},
  'slow-body': { 'ms!': isNumber },
  status: {
    'status!': isStatus,
    category: isText,
    policyName: isText,
    retryAfter: isForm,
    retryAfterSeconds: isNumber,
    applied: isFlag,
  },
  'gateway-page': { status: isStatus, applied: isFlag },
  'expire-token': {},
  omit: { 'share!': isShare },
  'empty-complete': {},
  reorder: {},
  'numeric-ids': {},
  'both-directions': {},
  'extra-fields': {},
  'clock-skew': { 'ms!': isAnyNumber },
};

/**
 * Checks a plan that was read from a file.
 *
 * @throws RangeError saying which member of it cannot be used.
 */
export function parseFaultPlan(value: unknown): FaultPlan {
  const seed = isRecord(value) ? (value['seed'] ?? 0) : undefined;
  const faults = isRecord(value) ? value['faults'] : undefined;
  if (!Array.isArray(faults)) throw new RangeError('faults: give a list of faults, each with its kind.');
  if (typeof seed !== 'number' || !Number.isSafeInteger(seed)) throw new RangeError('seed: give a whole number.');
  return { seed, faults: faults.map((fault: unknown, index) => checkFault(fault, `faults/${String(index)}`)) };
}

function checkFault(fault: unknown, place: string): Fault {
  const kind = isRecord(fault) ? fault['kind'] : undefined;
  if (typeof kind !== 'string' || !isKind(kind)) {
    throw new RangeError(`${place}/kind: give one of ${Object.keys(members).join(', ')}.`);
  }
  const checks = new Map([...Object.entries(selection), ...Object.entries(members[kind])]);
  for (const [name, given] of Object.entries(isRecord(fault) ? fault : {})) {
    if (name === 'kind') continue;
    const check = checks.get(name) ?? checks.get(`${name}!`);
    if (check === undefined) throw new RangeError(`${place}/${name}: a fault of kind ${kind} has no such member.`);
    if (!check(given)) throw new RangeError(`${place}/${name}: cannot be ${JSON.stringify(given)}.`);
  }
  for (const name of checks.keys()) {
    if (!name.endsWith('!') || (isRecord(fault) && name.slice(0, -1) in fault)) continue;
    throw new RangeError(`${place}/${name.slice(0, -1)}: a fault of kind ${kind} needs it.`);
  }
  if (!isFault(fault)) throw new RangeError(`${place}: is no fault.`);
  return fault;
}

function isKind(kind: string): kind is FaultKind {
  return Object.hasOwn(members, kind);
}

/** Every member has been checked against its kind by now. */
function isFault(value: unknown): value is Fault {
  return isRecord(value) && typeof value['kind'] === 'string' && isKind(value['kind']);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
