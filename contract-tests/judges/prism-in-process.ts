import { createLogger } from '@stoplight/prism-core';
import {
  createInstance,
  getHttpOperationsFromSpec,
  type IHttpConfig,
  type IHttpRequest,
  type IHttpResponse,
} from '@stoplight/prism-http';
import type { JsonObject } from '../../src/openapi/index.js';
import type { Fetch } from './subject.js';
import type { Subject, Violation } from './subject.js';

/** Prism within this process, with the router, validators and mock of its server. */
export interface PrismInProcess {
  readonly mock: Fetch;
  readonly judgeReply: Subject['judgeReply'];
}

type Method = IHttpRequest['method'];

interface Finding {
  readonly path?: readonly string[];
  readonly code?: string | number;
  readonly message: string;
}

const common = { checkSecurity: true, validateRequest: true, validateResponse: true, errors: true };
const components: Parameters<typeof createInstance>[1] = { logger: createLogger('contract', { enabled: false }) };
const methods: readonly Method[] = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Starts Prism with a description. */
export async function startPrismInProcess(document: JsonObject): Promise<PrismInProcess> {
  const operations = await getHttpOperationsFromSpec(structuredClone(document));
  const mocking = (request: Request): IHttpConfig => ({
    ...common,
    isProxy: false,
    upstreamProxy: undefined,
    mock: preferenceOf(request),
  });
  const mock = createInstance(
    { ...common, isProxy: false, upstreamProxy: undefined, mock: { dynamic: false } },
    components,
  );

  return {
    mock: async (request) => {
      const outcome = await mock.request(await inputOf(request), operations, mocking(request))();
      if (outcome._tag === 'Left') return problemOf(outcome.left);
      const { output, validations } = outcome.right;
      return responseOf(
        output,
        validations.input.map((finding) => violationOf(finding)),
      );
    },
    judgeReply: async (request, reply) => {
      const output = await outputOf(reply);
      const proxy: IHttpConfig = {
        ...common,
        isProxy: true,
        upstream: new URL(request.url),
        upstreamProxy: undefined,
        mock: { dynamic: false },
      };
      const forward = () => () => () => Promise.resolve({ _tag: 'Right' as const, right: output });
      const outcome = await createInstance(proxy, { ...components, forward }).request(
        await inputOf(request),
        operations,
      )();
      if (outcome._tag === 'Left') throw outcome.left;
      return outcome.right.validations.output.map((finding) => violationOf(finding));
    },
  };
}

function violationOf({ path, code, message }: Finding): Violation {
  return { location: [...(path ?? [])], code: String(code), message };
}

/** The preferences that a Prism server reads from the `Prefer` header. */
function preferenceOf(request: Request): IHttpConfig['mock'] {
  const prefer = request.headers.get('prefer') ?? '';
  const value = (name: string): string | undefined => new RegExp(`\\b${name}=([^,\\s]+)`).exec(prefer)?.[1];
  const code = value('code');
  const exampleKey = value('example');
  return {
    dynamic: value('dynamic') === 'true',
    ...(code === undefined ? {} : { code: Number(code) }),
    ...(exampleKey === undefined ? {} : { exampleKey }),
  };
}

async function inputOf(request: Request): Promise<IHttpRequest> {
  const { pathname, searchParams } = new URL(request.url);
  const text = await request.clone().text();
  const method = methods.find((name) => name === request.method.toLowerCase());
  if (method === undefined) throw new Error(`OpenAPI does not support the method ${request.method}.`);
  const json = (request.headers.get('content-type') ?? '').includes('json');
  const query = [...new Set(searchParams.keys())].map((name) => {
    const values = searchParams.getAll(name);
    return [name, values.length === 1 ? (values[0] ?? '') : values] as const;
  });
  return {
    method,
    url: { path: pathname, query: Object.fromEntries(query) },
    headers: {
      ...Object.fromEntries(request.headers),
      ...(text === '' ? {} : { 'content-length': String(Buffer.byteLength(text)) }),
    },
    body: text === '' ? null : json ? parse(text) : text,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function outputOf(reply: Response): Promise<IHttpResponse> {
  const text = await reply.clone().text();
  const json = (reply.headers.get('content-type') ?? '').includes('json');
  return { statusCode: reply.status, headers: Object.fromEntries(reply.headers), body: json ? parse(text) : text };
}

function responseOf({ statusCode, headers, body }: IHttpResponse, violations: readonly Violation[]): Response {
  const text =
    typeof body === 'string' && !(headers?.['Content-type'] ?? '').includes('json') ? body : JSON.stringify(body);
  const hasNoBody = [101, 204, 205, 304].includes(statusCode) || body === undefined;
  const reply = new Response(hasNoBody ? null : text, { status: statusCode });
  for (const [name, value] of Object.entries(headers ?? {})) reply.headers.set(name, value);
  if (violations.length > 0) reply.headers.set('sl-violations', encodeURI(JSON.stringify(violations)));
  return reply;
}

/** The reply that Prism sends if it cannot choose one from the description. */
function problemOf(error: Error): Response {
  const status: unknown = Reflect.get(error, 'status');
  const additional: unknown = Reflect.get(error, 'additional');
  const body = { ...(typeof additional === 'object' ? additional : {}), title: error.name, detail: error.message };
  return Response.json(body, {
    status: typeof status === 'number' ? status : 500,
    headers: { 'content-type': 'application/problem+json' },
  });
}
