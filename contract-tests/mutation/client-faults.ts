/** A deliberate mistake in the client: a piece of a file, which has to be there once, replaced. */
export interface ClientFault {
  readonly id: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

type Change = readonly [what: string, from: string, to: string];

const changes: Readonly<Record<string, readonly Change[]>> = {
  'src/client/create-client.ts': [
    [
      'swaps the object types',
      'params: { path: { fromObjectType, toObjectType } }',
      'params: { path: { fromObjectType: toObjectType, toObjectType: fromObjectType } }',
    ],
    ['drops the last input', 'writeBatch(inputs)', 'writeBatch(inputs.slice(0, -1))'],
    [
      'swaps from and to',
      'writeBatch(inputs)',
      'writeBatch(inputs.map((input) => ({ ...input, from: input.to, to: input.from })))',
    ],
    ['drops the types', 'writeBatch(inputs)', 'writeBatch(inputs.map((input) => ({ ...input, types: [] })))'],
    [
      'casts ids to numbers',
      'writeBatch(inputs)',
      'writeBatch(inputs.map((input) => ({ ...input, from: { id: Number(input.from.id) } })))',
    ],
    [
      'casts the category away',
      'writeBatch(inputs)',
      `writeBatch(inputs.map((input) => ({ ...input, types: input.types.map((type) => ({ ...type, associationCategory: 'HUBSPOT_DEFINED' })) })))`,
    ],
    [
      'drops undocumented members',
      'writeBatch(inputs)',
      'writeBatch(inputs.map(({ from, to, types }) => ({ from, to, types })))',
    ],
    ['validates nothing', '= validateBatch(request);', '= request;'],
    ['reports no deviation of a success', 'report(observers, reply.response, parsed);', ''],
    ['reports no deviation of a refusal', 'report(observers, error, error.body);', 'void 0;'],
    ['reports nothing', 'if (deviations.length === 0) return;', 'return;'],
  ],
  'src/client/attempt.ts': [
    ['sends no token', "headers.set('Authorization', `Bearer ${token}`);", ''],
    ['sends the token by another scheme', '`Bearer ${token}`', '`Basic ${token}`'],
    [
      'sends another media type',
      "headers.set('User-Agent', userAgent);",
      "headers.set('User-Agent', userAgent); headers.set('Content-Type', 'text/plain');",
    ],
    ['sends no name', "headers.set('User-Agent', userAgent);", ''],
    ['follows redirects', "redirect: 'manual'", "redirect: 'follow'"],
    [
      'sends to another path',
      'await untilAborted(fetch(url,',
      "await untilAborted(fetch(url.replace('create', 'archive'),",
    ],
    ['takes refusals for successes', 'if (!reply.response.ok) throw', 'if (false) throw'],
    [
      'refuses a 200',
      'if (!reply.response.ok) throw',
      'if (reply.response.status === 200 || !reply.response.ok) throw',
    ],
    [
      'refuses a 207',
      'if (!reply.response.ok) throw',
      'if (reply.response.status === 207 || !reply.response.ok) throw',
    ],
    ['sends no body', 'body: message.body(), signal', 'body: null, signal'],
    ['takes a refused connection for a lost reply', '!beforeSending.has(code ?? messageOf(reason))', 'true'],
  ],
  'src/client/read-body.ts': [
    ['takes any body for JSON', 'return JSON.parse(text);', 'return {};'],
    ['shows the token in the body', 'const text = redact(received);', 'const text = received;'],
    ['shows the token in a header', 'redactHeaders(response.headers, redact);', 'response.headers;'],
    ['reads a longer reply than it may', 'if (size > most)', 'if (false)'],
  ],
  'src/client/json.ts': [['takes ids that have lost digits', 'Number.isSafeInteger(value)', 'Number.isFinite(value)']],
  'src/client/read-reply.ts': [
    ['reads a 207 as a success', 'if (response.status === 207 || errors.length > 0)', 'if (false)'],
    ['reads errors by the number alone', 'response.status === 207 || errors.length > 0', 'response.status === 207'],
    ['reads a 207 without errors as a success', 'response.status === 207 || errors.length > 0', 'errors.length > 0'],
    ['drops errors', 'listed.filter(isJsonObject)', 'listed.filter(() => false)'],
    ['drops the first result', 'body.results.map(withStringIds)', 'body.results.slice(1).map(withStringIds)'],
    ['drops the rest of the body', '{ ...body, results:', '{ results:'],
    ['leaves ids numbers', 'body.results.map(withStringIds)', 'body.results'],
    [
      'takes a missing list for an empty one',
      'if (!Array.isArray(results)) {',
      'if (results === undefined) return { ...body, results: [] };\n  if (!Array.isArray(results)) {',
    ],
    ['swallows deviations', 'if (validator(body)) return [];', 'return [];'],
    ['reports deviations without their place', 'pointer: error.instancePath', "pointer: ''"],
    ['does not compare undocumented failures', "status >= 300 ? byStatus['default'] : undefined", 'undefined'],
  ],
  'src/client/read-refusal.ts': [
    ['drops the category', "category: field('category'),", 'category: undefined,'],
    ['drops the subcategory', "subCategory: field('subCategory')", 'subCategory: undefined'],
    ['drops the correlation id', "field('correlationId') ??", ''],
    ['drops the policy', "policyName: field('policyName')", 'policyName: undefined'],
    ['drops the body', '\n    body,\n', '\n    body: undefined,\n'],
    ['says another status', 'status: response.status,', 'status: response.status === 500 ? 503 : response.status,'],
  ],
  'src/client/validate.ts': [
    ['ignores the limit', 'if (inputs.length > maximumInputs)', 'if (false)'],
    ['refuses as many as the limit allows', 'inputs.length > maximumInputs', 'inputs.length >= maximumInputs'],
    ['allows one more than the limit', 'inputs.length > maximumInputs', 'inputs.length > maximumInputs + 1'],
    ['does not check the object types', 'validateObjectTypes(batch);', ''],
    ['takes an object type that changes the path', "!['', '.', '..'].includes(value.trim())", "value !== ''"],
    ['takes an object type that has no encoding', '&& canBeEncoded(value)', ''],
    ['checks the first object type only', "['fromObjectType', 'toObjectType'] as const", "['fromObjectType'] as const"],
    ['does not check the body', 'if (issues !== undefined) throw', 'if (false) throw'],
    [
      'names no place',
      'const { instancePath: pointer, keyword, params } = error;',
      "const { keyword, params } = error; const pointer = '';",
    ],
  ],
  'src/client/redact.ts': [
    ['redacts the first token of a text only', "join('|'), 'g')", "join('|'))"],
    ['takes an escaped token for another text', '&& holdsForm(unescaped(text))', '&& false'],
    ['takes a Base64 token for another text', 'new Set([token, ...base64Forms(token)])', 'new Set([token])'],
    ['leaves the names of headers', '.filter(([name]) => redact(name) === name)', ''],
  ],
  'src/client/options.ts': [
    ['has another server', 'options.baseUrl ?? defaultServer', "options.baseUrl ?? 'https://api.example.com'"],
    [
      'does not compare replies unless it is asked to',
      'options.validateResponses ?? true',
      'options.validateResponses ?? false',
    ],
  ],
};

/** The table of deliberate mistakes. Each has to be caught by the suite. */
export const clientFaults: readonly ClientFault[] = Object.entries(changes).flatMap(([file, entries]) =>
  entries.map(([what, from, to]) => ({ id: `${file} ${what}`, file, from, to })),
);

/** A file with the mistake in it. Fails where the piece is not there exactly once: the table has to follow the code. */
export function withFault(text: string, { id, file, from, to }: ClientFault): string {
  const count = text.split(from).length - 1;
  if (count === 1) return text.replace(from, () => to);
  throw new Error(
    `"${id}": ${file} holds ${JSON.stringify(from)} ${String(count)} times, and not once. Correct contract-tests/mutation/client-faults.ts.`,
  );
}
