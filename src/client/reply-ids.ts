/** HubSpot's ids of a request. HubSpot's support asks for them. */
export interface ReplyIds {
  /** `X-HubSpot-Correlation-Id`, or the id in the body of an error. */
  readonly correlationId: string | undefined;
  /** `X-Request-Id`. */
  readonly requestId: string | undefined;
}

export const noIds: ReplyIds = { correlationId: undefined, requestId: undefined };

export function replyIdsOf(headers: Headers): ReplyIds {
  return {
    correlationId: headers.get('x-hubspot-correlation-id') ?? undefined,
    requestId: headers.get('x-request-id') ?? undefined,
  };
}
