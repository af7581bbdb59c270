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
    ['drops the last input', 'body: { inputs: [...inputs] }', 'body: { inputs: inputs.slice(0, -1) }'],
    [
      'swaps from and to',
      'body: { inputs: [...inputs] }',
      'body: { inputs: inputs.map((input) => ({ ...input, from: input.to, to: input.from })) }',
    ],
    [
      'drops the types',
      'body: { inputs: [...inputs] }',
      'body: { inputs: inputs.map((input) => ({ ...input, types: [] })) }',
    ],
    [
      'casts ids to numbers',
      'body: { inputs: [...inputs] }',
      'body: { inputs: inputs.map((input) => ({ ...input, from: { id: Number(input.from.id) } })) }',
    ],
    [
      'casts the category away',
      'body: { inputs: [...inputs] }',
      `body: { inputs: inputs.map((input) => ({ ...input, types: input.types.map((type) => ({ ...type, associationCategory: 'HUBSPOT_DEFINED' })) })) }`,
    ],
    [
      'drops undocumented members',
      'body: { inputs: [...inputs] }',
      'body: { inputs: inputs.map(({ from, to, types }) => ({ from, to, types })) }',
    ],
    ['validates nothing', 'validateBatch({ fromObjectType, toObjectType, inputs });', ''],
    ['reports no deviation of a success', 'report(observers, response, body);', ''],
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
      'const sent = new Request(url,',
      "const sent = new Request(url.replace('create', 'archive'),",
    ],
    ['takes refusals for successes', 'if (!response.ok) throw', 'if (false) throw'],
    ['refuses a 200', 'if (!response.ok) throw', 'if (response.status === 200 || !response.ok) throw'],
    ['refuses a 207', 'if (!response.ok) throw', 'if (response.status === 207 || !response.ok) throw'],
    ['takes any body for JSON', 'parseJson(request, response, text, token);', '{};'],
    ['sends no body', "body: body === '' ? null : body", 'body: null'],
    [
      'shows the token in a media type',
      "redact(response.headers.get('content-type') ?? 'no media type', token)",
      "response.headers.get('content-type') ?? 'no media type'",
    ],
    ['takes a refused connection for a lost reply', '!beforeSending.has(code ?? messageOf(reason))', 'true'],
  ],
  'src/client/read-reply.ts': [
    ['reads a 207 as a success', 'if (response.status === 207 || errors.length > 0)', 'if (false)'],
    ['reads errors by the number alone', 'response.status === 207 || errors.length > 0', 'response.status === 207'],
    ['reads a 207 without errors as a success', 'response.status === 207 || errors.length > 0', 'errors.length > 0'],
    ['drops errors', 'listed.filter(isJsonObject)', 'listed.filter(() => false)'],
    [
      'drops the first result',
      'const data = { ...(isJsonObject(body) ? body : {}), results };',
      'const data = { ...(isJsonObject(body) ? body : {}), results: results.slice(1) };',
    ],
    ['drops the rest of the body', '...(isJsonObject(body) ? body : {}), results', 'results'],
    ['leaves ids numbers', 'return [name, String(id)] as const', 'return [name, id] as const'],
    ['takes ids that have lost digits', 'Number.isSafeInteger(id)', 'Number.isFinite(id)'],
    [
      'takes a missing list for an empty one',
      'if (!Array.isArray(list)) throw',
      'if (list === undefined) return [];\n  if (!Array.isArray(list)) throw',
    ],
    ['swallows deviations', 'if (validator(body)) return [];', 'return [];'],
    ['reports deviations without their place', 'pointer: error.instancePath', "pointer: ''"],
    ['does not compare undocumented failures', "status >= 300 ? byStatus['default'] : undefined", 'undefined'],
  ],
  'src/client/read-refusal.ts': [
    ['shows the token in the body', 'redact(parse(text), token)', 'parse(text)'],
    ['shows the token in the message', 'new ApiError(redact(message, token)', 'new ApiError(message'],
    [
      'shows the token in the correlation id',
      "redact(response.headers.get('x-hubspot-correlation-id') ?? undefined, token)",
      "response.headers.get('x-hubspot-correlation-id') ?? undefined",
    ],
    ['drops the category', "category: field('category') }", 'category: undefined }'],
    ['drops the subcategory', "subCategory: field('subCategory')", 'subCategory: undefined'],
    ['drops the correlation id', "field('correlationId') ??", ''],
    ['drops the policy', "policyName: field('policyName')", 'policyName: undefined'],
    ['drops the body', '\n    body,\n', '\n    body: undefined,\n'],
    ['says another status', 'status: response.status,', 'status: response.status === 500 ? 503 : response.status,'],
  ],
  'src/client/validate.ts': [
    ['ignores the limit', 'if (body.inputs.length > maximumInputs)', 'if (false)'],
    [
      'refuses as many as the limit allows',
      'body.inputs.length > maximumInputs',
      'body.inputs.length >= maximumInputs',
    ],
    ['allows one more than the limit', 'body.inputs.length > maximumInputs', 'body.inputs.length > maximumInputs + 1'],
    ['does not check the object types', 'validateObjectTypes(request);', ''],
    ['takes an object type that changes the path', "!['', '.', '..'].includes(value.trim())", "value !== ''"],
    ['takes an object type that has no encoding', '&& canBeEncoded(value)', ''],
    ['checks the first object type only', "['fromObjectType', 'toObjectType'] as const", "['fromObjectType'] as const"],
    ['does not check the body', 'issuesOf(requestBodies.batchCreateAssociations, body) ??', ''],
    [
      'names no place',
      'const { instancePath: pointer, keyword, params } = error;',
      "const { keyword, params } = error; const pointer = '';",
    ],
  ],
  'src/client/redact.ts': [
    ['redacts the first token of a text only', 'value.replaceAll(token,', 'value.replace(token,'],
    ['leaves the names of members', '[redact(key, token), redact(item, token)]', '[key, redact(item, token)]'],
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
    `"${id}": ${file} holds ${JSON.stringify(from)} ${String(count)} times, and not once. Correct scripts/mutate/client-faults.ts.`,
  );
}
