import { samplesOf, type SchemaSource } from '../values/arbitrary.js';
import type { ItemMaker } from '../spec/coverage-item.js';
import type { Check } from './check.js';
import { objectOf, type Operation, type Parameter, type Reply } from '../spec/document.js';
import { requireEqual, requireThat } from '../judges/failure.js';
import { askFor, requireRead } from './reply-checks.js';
import { codesOf } from '../values/reply-parts.js';
import { someRequest } from '../values/some-request.js';
import { canBeWritten } from '../values/request-parts.js';
import { permittedValues } from '../values/rule-values.js';
import { rulesOf } from '../spec/rules.js';

/** What the description says of the headers of replies: the mock sends them, and their values are taken. */
export function headerChecks(source: SchemaSource, items: ItemMaker, operation: Operation): Check[] {
  return operation.replies.flatMap((reply) => [
    ...exampleChecks(source, items, operation, reply),
    ...reply.headers.flatMap((header) => permissionChecks(source, items, operation, reply, header)),
  ]);
}

/** The headers of a status are documented with the reply that the mock gives. */
function exampleChecks(source: SchemaSource, items: ItemMaker, operation: Operation, reply: Reply): Check[] {
  return reply.headers.map((header) => ({
    item: items.item(operation, {
      group: 'status',
      title: `the reply has the header ${header.name}`,
      pointer: header.pointer,
      status: reply.status,
      at: operation.operationId,
    }),
    run: async (subject) => {
      const [status = 0] = codesOf(reply, operation.replies);
      const response = await askFor(subject, operation, someRequest(source, operation), `code=${String(status)}`);
      const [example] = Object.values(objectOf(header.value['examples'])).map(objectOf);
      const value = response.headers.get(header.name);
      requireThat(value !== null, `The mock replies without the header ${header.name}.`);
      if (example !== undefined)
        requireEqual(value, String(example['value']), `The header ${header.name} is not the example.`);
    },
  }));
}

function permissionChecks(
  source: SchemaSource,
  items: ItemMaker,
  operation: Operation,
  reply: Reply,
  header: Parameter,
): Check[] {
  const permissions = rulesOf(source.document, header.schema, 'reply').filter(
    ({ kind, location }) => kind === 'permission' && location.length === 0,
  );
  return permissions.map((rule) => ({
    item: items.ruleItem(operation, rule, `the header ${header.name}`, { group: 'status', status: reply.status }),
    run: async (subject) => {
      const [status = 0] = codesOf(reply, operation.replies);
      const [content] = reply.contents;
      const body = content === undefined ? undefined : samplesOf(source, content.schema.value, 1)[0];
      for (const value of permittedValues(source, rule).filter((given) => canBeWritten(header, given))) {
        const parts = { status, headers: { [header.name]: value }, body, mediaType: content?.mediaType };
        await requireRead(subject, operation, reply, someRequest(source, operation), parts);
      }
    },
  }));
}
