import type { Error as HubSpotError, StandardError } from '../../generated/schema.js';

/** Makes a reply with a JSON body. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  return new Response(bytes, {
    status,
    headers: {
      'content-type': 'application/json;charset=utf-8',
      'content-length': String(bytes.length),
      ...headers,
    },
  });
}

/** Makes the refusal of a whole request, in HubSpot's form. */
export function refusal(
  status: number,
  category: string,
  message: string,
  more: Partial<HubSpotError> = {},
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body: HubSpotError & { status: string } = {
    status: 'error',
    message,
    correlationId: crypto.randomUUID(),
    category,
    ...more,
  };
  return json(status, body, headers);
}

/** Makes a 429, which has a policy instead of a category. */
export function rateLimited(policyName: string, headers: Readonly<Record<string, string>>): Response {
  const span = { DAILY: 'daily', SECONDLY: 'one-second' }[policyName] ?? 'ten-second';
  const body = {
    status: 'error',
    message: `The ${span} allowance is used up.`,
    errorType: 'RATE_LIMIT',
    correlationId: crypto.randomUUID(),
    policyName,
  };
  return json(429, body, headers);
}

/** Makes the error for a pair with a missing record, in the API's words. */
export function notFound(side: 'FROM' | 'TO', typeName: string, id: string): StandardError {
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    subCategory: `crm.associations.${side}_OBJECT_NOT_FOUND`,
    message: `No ${typeName} with ID ${id} exists`,
    context: { objectType: [typeName], id: [id] },
  };
}

/** Makes an HTML page, like those of HubSpot for an unknown path and of a failing gateway. */
export function page(status: number, title: string): Response {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return new Response(body, { status, headers: { 'content-type': 'text/html;charset=utf-8' } });
}
