import { samplesOf, type SchemaSource } from './arbitrary.js';
import type { CellMaker } from './cell-maker.js';
import type { Check } from './check.js';
import { objectOf, type Operation, type Parameter, type Reply } from './document.js';
import { requireEqual, requireThat } from './failure.js';
import { askFor, requireRead } from './reply-checks.js';
import { codesOf } from './reply-parts.js';
import { someRequest } from './request-checks.js';
import { canBeWritten } from './request-parts.js';
import { permittedValues } from './rule-values.js';
import { rulesOf } from './rules.js';

/** What the description says of the headers of replies: the mock sends them, and their values are taken. */
export function headerChecks(source: SchemaSource, cells: CellMaker, operation: Operation): Check[] {
  return operation.replies.flatMap((reply) => [
    ...exampleChecks(source, cells, operation, reply),
    ...reply.headers.flatMap((header) => permissionChecks(source, cells, operation, reply, header)),
  ]);
}

/** The headers of a status are documented with the reply that the mock gives. */
function exampleChecks(source: SchemaSource, cells: CellMaker, operation: Operation, reply: Reply): Check[] {
  return reply.headers.map((header) => ({
    cell: cells.cell(operation, {
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
  cells: CellMaker,
  operation: Operation,
  reply: Reply,
  header: Parameter,
): Check[] {
  const permissions = rulesOf(source.document, header.schema, 'reply').filter(
    ({ kind, location }) => kind === 'permission' && location.length === 0,
  );
  return permissions.map((rule) => ({
    cell: cells.ruleCell(operation, rule, `the header ${header.name}`, { group: 'status', status: reply.status }),
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
