import { here, type Change, type Found } from './change.js';
import { child, type Node, type Part } from '../openapi/index.js';
import type { Operation } from './operations.js';

/**
 * Changes of what a request has to prove. This client sends an access token or nothing, so what counts
 * is whether that is enough; further ways in, scopes, and schemes that are named and never defined are
 * no changes.
 */
export function compareSecurity(old: Operation, changed: Operation): Change[] {
  const [before, after] = [securityOf(old), securityOf(changed)];
  if (before === undefined || after === undefined) return [];
  const places = { oldAt: before.at, newAt: after.at };
  const found: Found[] = [];
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
  return found.map((one): Change => ({ ...here(one), direction: 'request', part: 'security' }));
}

interface Security {
  /** Whether a request may prove nothing. */
  readonly open: boolean;
  /** Whether an access token in the `Authorization` header is enough. */
  readonly bearer: boolean;
  readonly text: string;
  readonly at: Node;
}

/** Undefined when it only names schemes that the description does not define. */
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

/** What a scheme asks for, by its type: names differ from one description to the next. */
function kindOf(scheme: Part): string | undefined {
  const says = (key: string): string => {
    const value = scheme.value[key];
    return typeof value === 'string' ? value.toLowerCase() : '';
  };
  const type = says('type');
  if (type === '') return undefined;
  if (type === 'oauth2' || type === 'openidconnect') return 'access token';
  if (type === 'http') return says('scheme') === 'bearer' ? 'access token' : `http ${says('scheme')}`;
  return type === 'apikey' ? `key in ${says('in')}` : type;
}
