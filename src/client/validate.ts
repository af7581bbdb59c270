import { operationDetails } from '../../generated/client.js';
import type { PublicAssociationMultiPost } from '../../generated/schema.js';
import { requestBodies, schemas, type ValidationError, type Validator } from '../../generated/validators.js';
import { InputError, messageOf, type InputIssue } from './errors.js';
import { member } from './json.js';

/** One pair of records and the types of association between them, as the API documents it. */
export type AssociationInput = PublicAssociationMultiPost;

/** The maximum number of inputs per request, from the spec's `x-hubspot-limits`. */
export const maximumInputs = operationDetails.batchCreateAssociations['x-hubspot-limits'].inputs;

/** What one call associates. */
interface Batch {
  readonly fromObjectType: string;
  readonly toObjectType: string;
  readonly inputs: readonly AssociationInput[];
}

/**
 * Checks the request of a call, and copies the documented members.
 *
 * @throws InputError that names the issues and their places.
 */
export function validateBatch(request: Batch): Batch {
  const batch = readMembers(request);
  const { inputs } = batch;
  validateObjectTypes(batch);
  const issues = issuesOf(requestBodies.batchCreateAssociations, { inputs }, () =>
    placeOf(inputs, schemas.PublicAssociationMultiPost),
  );
  if (issues !== undefined) throw new InputError(issues);
  if (inputs.length > maximumInputs) {
    throw new InputError([
      {
        pointer: '/inputs',
        message: `holds ${String(inputs.length)} inputs, and one request may hold ${String(maximumInputs)}: use createAll for more.`,
      },
    ]);
  }
  return batch;
}

/**
 * Writes the body of a batch. Undocumented members of inputs are sent too, and JSON cannot express every
 * value.
 *
 * @throws InputError naming the input that cannot be written as JSON.
 */
export function writeBatch(inputs: readonly AssociationInput[]): string {
  try {
    return JSON.stringify({ inputs });
  } catch (error) {
    throw new InputError([{ ...unwritable(error), pointer: placeOf(inputs, JSON.stringify) }]);
  }
}

/**
 * Checks the two path parameters.
 *
 * @throws InputError for a type that is not a string, is empty, or would change the path.
 */
export function validateObjectTypes(request: { readonly fromObjectType: string; readonly toObjectType: string }): void {
  for (const name of ['fromObjectType', 'toObjectType'] as const) {
    const value: unknown = request[name];
    if (typeof value === 'string' && !['', '.', '..'].includes(value.trim()) && canBeEncoded(value)) continue;
    const message = 'has to name an object type, such as contacts, 0-1 or 2-1234567.';
    throw new InputError([{ pointer: `/${name}`, message }]);
  }
}

/** A lone surrogate cannot be encoded. */
function canBeEncoded(text: string): boolean {
  try {
    encodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a value is an input that conforms to the spec. */
export function isAssociationInput(value: unknown): value is AssociationInput {
  try {
    return schemas.PublicAssociationMultiPost(value);
  } catch {
    return false;
  }
}

/** Checks one input. Pointers in the error start at the input. */
export function inputError(input: unknown, row?: number): InputError | undefined {
  const issues = issuesOf(schemas.PublicAssociationMultiPost, input) ?? writingIssue(input);
  return issues === undefined ? undefined : new InputError(issues, row);
}

function readMembers(request: Batch): Batch {
  try {
    const { fromObjectType, toObjectType, inputs } = request;
    return { fromObjectType, toObjectType, inputs };
  } catch (error) {
    throw new InputError([unreadable(error)]);
  }
}

/** The pointer of the first input for which `work` throws. */
function placeOf(inputs: readonly AssociationInput[], work: (input: unknown) => unknown): string {
  const index = [...inputs.keys()].find((at) => {
    try {
      work(inputs[at]);
      return false;
    } catch {
      return true;
    }
  });
  return index === undefined ? '/inputs' : `/inputs/${String(index)}`;
}

function writingIssue(value: unknown): [InputIssue] | undefined {
  try {
    JSON.stringify(value);
    return undefined;
  } catch (error) {
    return [unwritable(error)];
  }
}

function unwritable(error: unknown): InputIssue {
  return { pointer: '', message: `cannot be written as JSON: ${messageOf(error)}` };
}

/** A getter or a proxy may throw anything. */
function unreadable(error: unknown): InputIssue {
  return { pointer: '', message: `cannot be read: ${messageOf(error)}` };
}

/** @param placeOfFailure - Returns the pointer of the value that cannot be read. */
function issuesOf(
  validator: Validator<unknown>,
  value: unknown,
  placeOfFailure = (): string => '',
): [InputIssue, ...InputIssue[]] | undefined {
  try {
    if (validator(value)) return undefined;
    const issues = (validator.errors ?? []).map((error) => issueOf(error, value));
    const [first = { pointer: '', message: 'does not conform to the spec.' }, ...others] = issues;
    return [first, ...others];
  } catch (error) {
    return [{ ...unreadable(error), pointer: placeOfFailure() }];
  }
}

function issueOf(error: ValidationError, value: unknown): InputIssue {
  const { instancePath: pointer, keyword, params } = error;
  const found = valueAt(value, pointer);
  switch (keyword) {
    case 'required':
      return { pointer, message: `lacks ${String(params['missingProperty'])}, which is required.` };
    case 'type':
      return { pointer, message: typeMessage(String(params['type']), found) };
    case 'enum': {
      const allowed = Array.isArray(params['allowedValues']) ? params['allowedValues'].join(', ') : '';
      return { pointer, message: `must be one of ${allowed}; it is ${describe(found)}.` };
    }
    case 'format':
      return { pointer, message: `must be of format ${String(params['format'])}; it is ${describe(found)}.` };
    default:
      return { pointer, message: `${error.message ?? 'does not conform to the spec'}; it is ${describe(found)}.` };
  }
}

function typeMessage(expected: string, found: unknown): string {
  const message = `must be ${article(expected)} ${expected}; it is ${describe(found)}.`;
  if (expected !== 'string' || typeof found !== 'number') return message;
  return `${message} Write ids in quotes, "${String(found)}": a long one loses digits as a number.`;
}

function article(noun: string): string {
  return /^[aeio]/.test(noun) ? 'an' : 'a';
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'number' || typeof value === 'boolean') return `the ${typeof value} ${String(value)}`;
  if (typeof value !== 'string') return `a ${typeof value}`;
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, key) => (Array.isArray(node) ? node[Number(key)] : member(node, key)), value);
}
