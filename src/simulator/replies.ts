import type { Error as HubSpotError, StandardError } from '../../generated/schema.js';

/** A reply with a JSON body. */
export function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8' },
  });
}

/** The refusal of a whole request, in HubSpot's form. */
export function refusal(status: number, category: string, message: string, more: Partial<HubSpotError> = {}): Response {
  const body: HubSpotError & { status: string } = {
    status: 'error',
    message,
    correlationId: crypto.randomUUID(),
    category,
    ...more,
  };
  return json(status, body);
}

/** The refusal of a pair because one of its records does not exist, as the wire words it. */
export function notFound(side: 'FROM' | 'TO', typeName: string, id: string): StandardError {
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    subCategory: `crm.associations.${side}_OBJECT_NOT_FOUND`,
    message: `No ${typeName} with ID ${id} exists`,
    context: { objectType: [typeName], id: [id] },
  };
}

/** What HubSpot answers on a path that it does not know: a page, not JSON. */
export function page(status: number, title: string): Response {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return new Response(body, { status, headers: { 'content-type': 'text/html;charset=utf-8' } });
}
