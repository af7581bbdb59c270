import { beforeAll, describe, test } from '@jest/globals';
import { claimsOf } from './checks/client-claims.js';
import { document, productInProcess } from './judges/product.js';
import type { Subject } from './judges/subject.js';

let product: Subject;
beforeAll(async () => {
  product = await productInProcess();
});

describe('the client keeps its promises about connections and untrusted servers', () => {
  test.each(claimsOf(document))('$title', (claim) => claim.run(product));
});
