import openapi from '../../generated/openapi.json' with { type: 'json' };

/** What the tests read of the description. */
interface Description {
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>;
}

interface Operation {
  readonly requestBody: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content: Content }>>;
}

type Content = Readonly<Record<string, { readonly examples: Readonly<Record<string, { readonly value: unknown }>> }>>;

/** One named example of a response. */
export interface ResponseExample {
  /** The status as the spec has it, such as `201` or `default`. */
  readonly status: string;
  readonly name: string;
  readonly value: unknown;
}

const description: Description = openapi;
const [operationAtPath] = Object.entries(description.paths);
if (operationAtPath === undefined) throw new Error('generated/openapi.json has no operation.');

/** The path of the operation, as the spec has it. */
export const path = operationAtPath[0];

const { requestBody, responses } = operationAtPath[1].post;

/** The named examples of the request body. */
export const requestExamples = examplesOf(requestBody.content);

/** The named examples of all responses. */
export const responseExamples: readonly ResponseExample[] = Object.entries(responses).flatMap(([status, { content }]) =>
  examplesOf(content).map((example) => ({ status, ...example })),
);

/** The statuses of the responses. */
export const statuses = Object.keys(responses);

function examplesOf(content: Content): { name: string; value: unknown }[] {
  return Object.values(content).flatMap(({ examples }) =>
    Object.entries(examples).map(([name, { value }]) => ({ name, value })),
  );
}
