import { isJsonObject, member } from '../client/json.js';

/** An example of a reply in the spec. */
interface ReplyExample {
  readonly status: string;
  readonly name: string;
}

/** The named examples of an operation's replies. A mock can be asked for those of a numeric status. */
export function replyExamples(spec: unknown, operationId: string): ReplyExample[] {
  const operation = valuesOf(member(spec, 'paths'))
    .flatMap(valuesOf)
    .find((candidate) => member(candidate, 'operationId') === operationId);
  return Object.entries(membersOf(member(operation, 'responses')))
    .filter(([status]) => /^\d{3}$/.test(status))
    .flatMap(([status, reply]) =>
      valuesOf(member(reply, 'content')).flatMap((content) =>
        Object.keys(membersOf(member(content, 'examples'))).map((name) => ({ status, name })),
      ),
    );
}

function valuesOf(value: unknown): unknown[] {
  return Object.values(membersOf(value));
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return isJsonObject(value) ? value : {};
}
