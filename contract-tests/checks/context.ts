import type { CoverageItem } from '../spec/coverage-item.js';
import type { Content, JsonObject, Operation, Part, Reply } from '../../src/openapi/index.js';
import { rulesOf, type Rule } from '../spec/rules.js';
import type { SchemaSource } from '../values/arbitrary.js';
import { codesOf } from '../values/reply-parts.js';
import type { RequestParts } from '../values/request-parts.js';
import { schemaOracle } from '../values/schema-oracle.js';
import { someRequest } from '../values/some-request.js';
import type { Subject } from '../judges/subject.js';

/** One coverage item, and how to find out whether it holds. */
export interface Check {
  readonly item: CoverageItem;
  /** Rejects when the item does not hold. */
  run(subject: Subject): Promise<void>;
}

/** What the checks of one operation are derived from. */
export interface CheckContext {
  readonly source: SchemaSource;
  readonly operation: Operation;
  /** A request that conforms, to change one thing of. */
  readonly request: RequestParts;
}

/** What the checks of one reply are derived from. */
export interface ReplyContext extends CheckContext {
  readonly reply: Reply;
  /** One media type of it; undefined for a reply without a body. */
  readonly content: Content | undefined;
  /** A number that the status stands for. */
  readonly status: number;
}

/** The context of each of some operations. */
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

/** A context for each media type of each reply. */
export function replyContextsOf({ source, operation }: CheckContext): ReplyContext[] {
  return operation.replies.flatMap((reply) => {
    const contents = reply.contents.length === 0 ? [undefined] : reply.contents;
    const [status = 0] = codesOf(reply, operation.replies);
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

/** The rules of one kind that a schema states. */
export function rulesIn({ source: { document } }: CheckContext, schema: Part, kind: Rule['kind']): Rule[] {
  return rulesOf(document, schema).filter((rule) => rule.kind === kind);
}
