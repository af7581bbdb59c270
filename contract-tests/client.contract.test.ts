import { beforeAll, describe, test } from '@jest/globals';
import { claimsOf } from './checks/client-claims.js';
import { document, productInProcess } from './judges/product.js';
import type { Subject } from './judges/subject.js';

let product: Subject;
beforeAll(async () => {
  product = await productInProcess();
});

describe('what the client does with replies that are not as documented', () => {
  test.each(claimsOf(document))('$title', (claim) => claim.run(product));
});
