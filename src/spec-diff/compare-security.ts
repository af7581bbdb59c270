import { toSchemaChange, type Change, type RuleMatch } from './change.js';
import { child, type Node, type Part } from '../openapi/index.js';
import type { Operation } from './operations.js';

/**
 * Changes of the authorization that a request needs. This client sends an access token or nothing, so all
 * that matters is whether that is enough. Other alternatives, scopes, and undefined schemes are not
 * compared.
 */
export function compareSecurity(old: Operation, changed: Operation): Change[] {
  const [before, after] = [securityOf(old), securityOf(changed)];
  if (before === undefined || after === undefined) return [];
  const places = { oldAt: before.at, newAt: after.at };
  const found: RuleMatch[] = [];
  if (before.open !== after.open) {
    found.push(
      after.open
        ? { ruleId: 'authorization-optional', ...places }
        : { ruleId: 'authorization-required', new: after.text, ...places },
    );
  } else if (!after.open && before.bearer !== after.bearer) {
    const ruleId = after.bearer ? 'bearer-token-accepted' : 'bearer-token-refused';
    found.push({ ruleId, old: before.text, new: after.text, ...places });
  }
  return found.map((one): Change => ({ ...toSchemaChange(one), direction: 'request', part: 'security' }));
}

interface Security {
  /** Whether a request needs no authorization. */
  readonly open: boolean;
  /** Whether an access token in the `Authorization` header is enough. */
  readonly bearer: boolean;
  readonly text: string;
  readonly at: Node;
}

/** Undefined if all its schemes are undefined in the description. */
function securityOf(operation: Operation): Security | undefined {
  const alternatives = operation.security.map((schemes) => schemes.map(kindOf));
  const known = alternatives.filter((kinds) => kinds.every((kind) => kind !== undefined));
  if (alternatives.length > 0 && known.length === 0) return undefined;
  const texts = known.map((kinds) => kinds.join(' and '));
  return {
    open: known.length === 0 || known.some((kinds) => kinds.length === 0),
    bearer: known.some((kinds) => kinds.every((kind) => kind === 'access token')),
    text: [...new Set(texts)].sort().join(' or ') || 'nothing',
    at: child(operation, 'security') ?? child(operation.description.root, 'security') ?? operation,
  };
}

/** What a scheme requires, according to its type, because scheme names differ between descriptions. */
function kindOf(scheme: Part): string | undefined {
  const lowerCased = (key: string): string => {
    const value = scheme.value[key];
    return typeof value === 'string' ? value.toLowerCase() : '';
  };
  const type = lowerCased('type');
  if (type === '') return undefined;
  if (type === 'oauth2' || type === 'openidconnect') return 'access token';
  if (type === 'http') return lowerCased('scheme') === 'bearer' ? 'access token' : `http ${lowerCased('scheme')}`;
  return type === 'apikey' ? `key in ${lowerCased('in')}` : type;
}
