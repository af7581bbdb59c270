import { here, type Change, type Found } from './change.js';
import { child, children, type Node } from '../openapi/index.js';
import type { Operation } from './operations.js';

/**
 * Changes of `x-hubspot-limits`, the one extension that code is generated from: how many inputs a request
 * may hold, which JSON Schema could say of a list but the vendor only says in prose.
 */
export function compareLimits(old: Operation, changed: Operation): Change[] {
  const [before, after] = [limitsOf(old), limitsOf(changed)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): Change[] => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was?.value === is?.value) return [];
    const values = {
      ...(was === undefined ? {} : { old: `${String(was.value)} ${name}` }),
      ...(is === undefined ? {} : { new: `${String(is.value)} ${name}` }),
    };
    const places = { oldAt: was ?? old, newAt: is ?? changed };
    return [{ ...here({ ruleId: ruleFor(was, is), ...values, ...places }), direction: 'request', part: 'requestBody' }];
  });
}

function limitsOf(operation: Operation): Map<string, Node> {
  return new Map(children(child(operation, 'x-hubspot-limits')));
}

function ruleFor(old: Node | undefined, changed: Node | undefined): Found['ruleId'] {
  if (old === undefined) return 'constraint-added';
  if (changed === undefined) return 'constraint-removed';
  return Number(changed.value) > Number(old.value) ? 'constraint-loosened' : 'constraint-tightened';
}
