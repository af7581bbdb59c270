import { outcomeKinds } from '../bulk/outcome.js';
import { isJsonObject, member } from '../client/json.js';
import type { LedgerRecord } from './records.js';

/** A record, or the problem of its line. */
export type ParsedLine =
  | { readonly record: LedgerRecord }
  | {
      readonly record?: undefined;
      readonly problem: string;
      /** Whether the line may be a torn record, left by a power failure. */
      readonly mayBeTorn: boolean;
    };

/**
 * Reads a line of a ledger.
 *
 * @param fileBytes - The size of the input file, in bytes.
 */
export function parseRecord(line: string, fileBytes: number): ParsedLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problem: 'is not JSON', mayBeTorn: true };
  }
  if (!isRecord(value)) return { problem: problemOf(value, fileBytes) ?? '', mayBeTorn: false };
  const problem = rowProblem(value, fileBytes);
  return problem === undefined ? { record: value } : { problem, mayBeTorn: false };
}

/** The problem of a record, if it has one. */
export function problemOf(value: unknown, fileBytes: number): string | undefined {
  if (isRecord(value)) return rowProblem(value, fileBytes);
  const wrong = wrongMember(value);
  if (wrong === 'type') return 'is not a record of this version';
  return `has a wrong ${JSON.stringify(wrong)} for a record of type ${JSON.stringify(member(value, 'type'))}`;
}

/** Each row takes at least one line of the file, and each line at least one byte. */
function rowProblem(record: LedgerRecord, fileBytes: number): string | undefined {
  if (record.type !== 'batch') return undefined;
  const row =
    record.created.find(([, last]) => last > fileBytes)?.[1] ??
    record.notCreated.find((outcome) => outcome.row > fileBytes)?.row;
  return row === undefined ? undefined : `names row ${String(row)} of a file of ${String(fileBytes)} bytes`;
}

type Check = (value: unknown) => boolean;

const isString: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isRow: Check = (value) => isCount(value) && value !== 0;
const isTime: Check = (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const isOptional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isListOf =
  (isItem: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(isItem);
const isRange: Check = (value) =>
  Array.isArray(value) && value.length === 2 && value.every(isRow) && Number(value[0]) <= Number(value[1]);

const isNotCreated: Check = (value) =>
  isRow(member(value, 'row')) &&
  outcomeKinds.some((kind) => kind !== 'created' && kind === member(value, 'kind')) &&
  isString(member(value, 'reason')) &&
  isOptional(isString)(member(value, 'category'));

const isInput: Check = (value) =>
  isString(member(value, 'sha256')) && isCount(member(value, 'bytes')) && isOptional(isCount)(member(value, 'rows'));

const isAllowance: Check = (value) =>
  value === null || (isCount(member(value, 'requests')) && isCount(member(value, 'perMs')));
const isInvalid: Check = (value) =>
  isString(member(value, 'reason')) && isCount(member(value, 'count')) && isListOf(isRow)(member(value, 'rows'));

/** The checks of the members, for each type of record. */
const shapes: Record<LedgerRecord['type'], Readonly<Record<string, Check>>> = {
  begin: {
    version: (value) => value === 1,
    at: isTime,
    input: isInput,
    parameters: isJsonObject,
    tokenFingerprint: isString,
  },
  run: { at: isTime, file: isString, arguments: isListOf(isString), allowance: isAllowance },
  batch: {
    number: isCount,
    startedAt: isTime,
    finishedAt: isTime,
    requests: isCount,
    correlationIds: isListOf(isString),
    created: isListOf(isRange),
    notCreated: isListOf(isNotCreated),
    unmatchedErrors: Array.isArray,
  },
  end: {
    at: isTime,
    counts: (value) => isJsonObject(value) && Object.values(value).every(isCount),
    stopped: (value) => value === null || isString(value),
    invalid: isOptional(isListOf(isInvalid)),
  },
  token: { at: isTime, tokenFingerprint: isString },
  request: {
    at: isTime,
    batch: isOptional(isCount),
    attempt: isOptional(isCount),
    after: isOptional(isString),
    waitedMs: isOptional(isCount),
  },
};

function isRecord(value: unknown): value is LedgerRecord {
  return wrongMember(value) === undefined;
}

/** The name of the first invalid member; `type` if the type is unknown. */
function wrongMember(value: unknown): string | undefined {
  const type = member(value, 'type');
  const shape = Object.entries(shapes).find(([name]) => name === type)?.[1];
  if (shape === undefined) return 'type';
  return Object.entries(shape).find(([name, check]) => !check(member(value, name)))?.[0];
}
