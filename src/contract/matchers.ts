import { requestBodies, responses } from '../../generated/validators.js';
import { isJsonObject } from '../client/json.js';

/** Matchers for `expect.extend` of Jest or Vitest. */
export interface ContractMatchers<R = Promise<void>> {
  /** Whether a reply conforms to the spec of the operation: its status, its media type and its body. */
  toConformTo(operationId: OperationId): R;
  /** Whether a request's body conforms to the spec of the operation. */
  toBeRequestOf(operationId: OperationId): R;
}

/** An operation of the spec. */
export type OperationId = keyof typeof responses;

interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null;
}

const replyValidators: Readonly<Record<string, Readonly<Record<string, Validator>>>> = responses;
const bodyValidators: Readonly<Record<string, Validator>> = requestBodies;

/**
 * Use `expect.extend(contractMatchers)`, then `await
 * expect(response).toConformTo('batchCreateAssociations')` with a `Response` of fetch. Its body can still
 * be read afterwards. Messages contain the JSON pointer and the reason.
 */
export const contractMatchers = {
  async toConformTo(received: unknown, operationId: string): Promise<Verdict> {
    if (!(received instanceof Response)) return failed('Expected a Response of fetch.');
    const validators = replyValidators[operationId];
    if (validators === undefined) return unknownOperation(operationId, Object.keys(replyValidators));
    const { status } = received;
    const validate = validators[String(status)] ?? validators['default'];
    if (validate === undefined) return failed(`${operationId} has no reply with status ${String(status)}.`);
    return verdict(validate, await bodyOf(received), `${operationId}, reply ${String(status)}`);
  },

  async toBeRequestOf(received: unknown, operationId: string): Promise<Verdict> {
    if (!(received instanceof Request)) return failed('Expected a Request of fetch.');
    const validate = bodyValidators[operationId];
    if (validate === undefined) return unknownOperation(operationId, Object.keys(bodyValidators));
    return verdict(validate, await bodyOf(received), `${operationId}, request body`);
  },
};

async function bodyOf(message: Request | Response): Promise<unknown> {
  const text = await message.clone().text();
  if (message.headers.get('content-type')?.includes('json') !== true) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function verdict(validate: Validator, body: unknown, about: string): Verdict {
  if (validate(body)) return { pass: true, message: () => `${about} conforms to the spec, but should not.` };
  const reasons = (validate.errors ?? []).map(
    ({ instancePath, message }) => `  ${instancePath === '' ? 'the body' : instancePath} ${message ?? 'is wrong'}`,
  );
  const found = isJsonObject(body) ? '' : `\nThe body is ${body === '' ? 'empty' : typeof body}.`;
  return failed(`${about} does not conform to the spec:\n${[...new Set(reasons)].join('\n')}${found}`);
}

function unknownOperation(operationId: string, known: readonly string[]): Verdict {
  return failed(`There is no operation ${operationId} with such a message: ${known.join(', ')}.`);
}

function failed(message: string): Verdict {
  return { pass: false, message: () => message };
}
