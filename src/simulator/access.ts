import { createTokenMemory } from './token-memory.js';
import type { ObjectType } from './object-types.js';
import { refusal } from './replies.js';

/** The rights of an access token. */
export interface AccessTokenGrant {
  /** When the token expires, in milliseconds since 1970. It never expires if this is missing. */
  readonly expiresAt?: number;
  /** The scopes of the token, such as `crm.objects.contacts.write`. It has all scopes if this is missing. */
  readonly scopes?: readonly string[];
}

/** The access tokens of the account: a list, or the rights of each. */
export type AccessTokens = readonly string[] | Readonly<Record<string, AccessTokenGrant>>;

/** Checks the access token of a request. */
export interface Access {
  /** Returns the token, or the 401 that refuses the request. */
  authenticate(request: Request, now: number): string | Response;
  /** Returns a 403 if the token lacks a scope that the object types need. */
  authorize(token: string, types: readonly ObjectType[]): Response | undefined;
  /** Makes the token expire: it is refused from now on. */
  expire(token: string, now: number): void;
}

/** @param tokens - If empty, every token is accepted. */
export function createAccess(tokens: AccessTokens = []): Access {
  const grants = new Map<string, AccessTokenGrant>(
    isList(tokens) ? tokens.map((token) => [token, {}]) : Object.entries(tokens),
  );
  const acceptAny = grants.size === 0;
  const expired = createTokenMemory<number>();

  return {
    authenticate: (request, now) => {
      const token = /^Bearer (?<token>\S+)$/i.exec(request.headers.get('authorization') ?? '')?.groups?.['token'];
      const grant = token === undefined ? undefined : (grants.get(token) ?? (acceptAny ? {} : undefined));
      if (token === undefined || grant === undefined) {
        return refusal(401, 'INVALID_AUTHENTICATION', 'The access token of this request is missing or not known.');
      }
      const expiresAt = expired.get(token) ?? grant.expiresAt ?? Infinity;
      if (now < expiresAt) return token;
      const context = { expireTime: [new Date(expiresAt).toISOString()] };
      return refusal(401, 'EXPIRED_AUTHENTICATION', 'The access token of this request has expired.', { context });
    },
    authorize: (token, types) => {
      const scopes = grants.get(token)?.scopes;
      if (scopes === undefined) return undefined;
      const required = types.map(({ plural }) => `crm.objects.${plural}.write`);
      if (required.every((scope) => scopes.includes(scope))) return undefined;
      const message = 'The app of this token lacks a scope that this call needs.';
      const detail = { message: 'All of these scopes are needed.', context: { requiredGranularScopes: required } };
      return refusal(403, 'MISSING_SCOPES', message, { errors: [detail] });
    },
    expire: (token, now) => {
      expired.set(token, now);
    },
  };
}

function isList(tokens: AccessTokens): tokens is readonly string[] {
  return Array.isArray(tokens);
}
