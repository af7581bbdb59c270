import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { requestBodies, responses } from '../generated/validators.js';
import { isJson, operationsOf, type Content, type Operation } from '../src/openapi/index.js';
import {
  differences,
  disagreement,
  exceptions,
  verdictOfPrism,
  verdictOfValidator,
  type Verdicts,
} from './judges/disagreements.js';
import { startPrism, type Prism } from './judges/prism.js';
import { document, productInProcess } from './judges/product.js';
import { randomBody } from './values/random-bodies.js';
import { statusCodesOf, responseOf } from './values/reply-parts.js';
import { someRequest } from './values/some-request.js';
import { jsonBodyOf, requestOf } from './values/request-parts.js';
import { schemaOracle } from './values/schema-oracle.js';
import { seed } from './values/seed.js';
import type { Subject, ValidatorFunction } from './judges/subject.js';
import { violationsOf } from './judges/violations-of.js';

// Prism has its own parser and validator of the description. If it agrees with the generated validators on thousands
// of bodies, neither of them has dropped a constraint.

const source = { document, conforms: schemaOracle(document) };
const operations = operationsOf(document);
const requests = operations.flatMap((operation) => {
  const content = jsonBodyOf(operation);
  return content === undefined ? [] : [{ name: operation.operationId, operation, content }];
});
const replies = operations.flatMap((operation) =>
  operation.replies.flatMap((reply) =>
    reply.contents
      .filter(({ mediaType }) => isJson(mediaType))
      .map((content) => ({ name: operation.operationId, status: reply.status, operation, reply, content })),
  ),
);

/** All bodies on which the judges differed. */
const differing: Verdicts[] = [];

let judges: Subject;
let prism: Prism;
beforeAll(async () => {
  [judges, prism] = await Promise.all([productInProcess(), startPrism()]);
});
afterAll(() => prism.stop());

function validatorNamed(table: object, ...names: string[]): ValidatorFunction {
  const found = names.reduce<unknown>((node, name) => (node as Record<string, unknown>)[name], table);
  return found as ValidatorFunction;
}

async function verdictsOnRequest(
  operation: Operation,
  { mediaType }: Content,
  body: unknown,
  { mock, baseUrl }: Pick<Subject, 'mock' | 'baseUrl'> = judges,
): Promise<Verdicts> {
  const validate = validatorNamed(requestBodies, operation.operationId);
  const parts = { ...someRequest(source, operation), body, mediaType };
  const reply = await mock(requestOf(operation, parts, baseUrl));
  const prismVerdict = verdictOfPrism(await violationsOf(reply));
  return { body, prism: prismVerdict, validator: validate(body) ? [] : verdictOfValidator(validate.errors ?? []) };
}

/** If nearly all bodies had the same verdict, agreement would prove nothing. */
function expectBothVerdicts(seen: { accepted: number; refused: number }): void {
  expect(Math.min(seen.accepted, seen.refused) / (seen.accepted + seen.refused)).toBeGreaterThan(0.1);
}

async function requireAgreement(
  content: Content,
  count: number,
  judge: (body: unknown) => Promise<Verdicts>,
): Promise<void> {
  const seen = { accepted: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(randomBody(source, content.schema.value), async (body) => {
      const verdicts = await judge(body);
      seen[verdicts.prism.length === 0 ? 'accepted' : 'refused'] += 1;
      if (differences(verdicts).length > 0) differing.push(verdicts);
      const found = { ...verdicts, differ: disagreement(verdicts) };
      expect(found).toEqual({ ...found, differ: [] });
    }),
    { seed, numRuns: count },
  );
  expectBothVerdicts(seen);
}

describe('Prism and the generated validators report the same errors at the same places', () => {
  test.each(requests)('in 3,000 request bodies of $name', ({ operation, content }) =>
    requireAgreement(content, 3_000, (body) => verdictsOnRequest(operation, content, body)),
  );

  test.each(requests)('in 200 request bodies of $name, with a Prism process', ({ operation, content }) => {
    const process = { mock: prism.fetch, baseUrl: prism.url };
    return requireAgreement(content, 200, (body) => verdictsOnRequest(operation, content, body, process));
  });

  test.each(replies)('in 300 bodies of $status replies of $name', ({ operation, reply, content, status }) => {
    const validate = validatorNamed(responses, operation.operationId, status);
    const request = requestOf(operation, someRequest(source, operation), judges.baseUrl);
    const [code = 0] = statusCodesOf(reply, operation.replies);
    return requireAgreement(content, 300, async (body) => {
      const violations = await judges.judgeReply(
        request.clone(),
        responseOf({ status: code, headers: {}, body, mediaType: content.mediaType }),
      );
      return {
        body,
        prism: verdictOfPrism(violations),
        validator: validate(body) ? [] : verdictOfValidator(validate.errors ?? []),
      };
    });
  });
});

describe('the exceptions', () => {
  test.each(exceptions)('are all needed: $name', (exception) => {
    expect(
      differing.some((verdicts) => differences(verdicts).some((finding) => exception.covers(finding, verdicts))),
    ).toBe(true);
  });

  test.each([
    ['a body that one judge accepts', { body: null, prism: [], validator: [' type'] }],
    ['another finding', { body: null, prism: [' required'], validator: [' type', 'inputs required'] }],
    ['a limit without its format', { body: {}, prism: ['n minimum'], validator: ['n type'] }],
  ])('do not cover %s', (_, verdicts) => {
    expect(disagreement(verdicts)).not.toEqual([]);
  });
});
