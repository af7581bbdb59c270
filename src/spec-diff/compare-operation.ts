import { here, type Change, type Found } from './change.js';
import { compareAddress } from './compare-address.js';
import { compareLimits } from './compare-limits.js';
import { compareReplies } from './compare-replies.js';
import { compareRequests } from './compare-requests.js';
import { createComparisons } from './compare-schemas.js';
import { compareSecurity } from './compare-security.js';
import { titleOf, type OperationPair } from './operations.js';

/** Every change of one operation, the request first. */
export function compareOperation({ old, new: changed }: OperationPair): Change[] {
  if (old === undefined || changed === undefined) {
    const root = { value: undefined, pointer: '/paths' };
    const found: Found =
      old === undefined
        ? { ruleId: 'operation-added', new: changed && titleOf(changed), oldAt: root, newAt: changed ?? root }
        : { ruleId: 'operation-removed', old: titleOf(old), oldAt: old, newAt: root };
    return [{ ...here(found), direction: 'operation', part: 'operation' }];
  }
  const comparisons = createComparisons(old.description, changed.description);
  return [
    ...compareAddress(old, changed),
    ...compareSecurity(old, changed),
    ...compareRequests(comparisons.request, old, changed),
    ...compareLimits(old, changed),
    ...compareReplies(comparisons.reply, old, changed),
  ];
}
