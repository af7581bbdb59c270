import type { CoverageItem } from '../spec/coverage-item.js';
import type { Content, JsonObject, Operation, Part, Reply } from '../../src/openapi/index.js';
import { rulesOf, type Rule } from '../spec/rules.js';
import type { SchemaSource } from '../values/arbitrary.js';
import { statusCodesOf } from '../values/reply-parts.js';
import type { RequestParts } from '../values/request-parts.js';
import { schemaOracle } from '../values/schema-oracle.js';
import { someRequest } from '../values/some-request.js';
import type { Subject } from '../judges/subject.js';

/** A coverage item and the test of it. */
export interface Check {
  readonly item: CoverageItem;
  /** Rejects if the test fails. */
  run(subject: Subject): Promise<void>;
}

/** The source of the checks of one operation. */
export interface CheckContext {
  readonly source: SchemaSource;
  readonly operation: Operation;
  /** A valid request; checks change one thing in it. */
  readonly request: RequestParts;
}

/** The source of the checks of one reply. */
export interface ReplyContext extends CheckContext {
  readonly reply: Reply;
  /** One media type of the reply; undefined for a reply without a body. */
  readonly content: Content | undefined;
  /** A status code that `reply.status` covers, such as 400 for `4XX`. */
  readonly status: number;
}

/** One context for each operation. */
export function contextsOf(document: JsonObject, operations: readonly Operation[]): CheckContext[] {
  const source: SchemaSource = { document, conforms: schemaOracle(document) };
  return operations.map((operation) => ({
    source,
    operation,
    get request() {
      return someRequest(source, operation);
    },
  }));
}

/** One context for each media type of each reply. */
export function replyContextsOf({ source, operation }: CheckContext): ReplyContext[] {
  return operation.replies.flatMap((reply) => {
    const contents = reply.contents.length === 0 ? [undefined] : reply.contents;
    const [status = 0] = statusCodesOf(reply, operation.replies);
    return contents.map((content) => ({
      source,
      operation,
      reply,
      content,
      status,
      get request() {
        return someRequest(source, operation);
      },
    }));
  });
}

/** The rules of one kind in a schema. */
export function rulesIn({ source: { document } }: CheckContext, schema: Part, kind: Rule['kind']): Rule[] {
  return rulesOf(document, schema).filter((rule) => rule.kind === kind);
}
