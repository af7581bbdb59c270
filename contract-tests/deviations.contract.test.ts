import { beforeAll, describe } from '@jest/globals';
import { checksOf } from './checks/all-checks.js';
import { document, productInProcess } from './judges/product.js';
import type { Subject } from './judges/subject.js';
import { testChecks } from './checks/test-checks.js';

let product: Subject;
beforeAll(async () => {
  product = await productInProcess();
});

describe('Prism, the validators and the client detect a reply that violates one constraint, at the same place', () => {
  testChecks(checksOf(document).deviations, () => product);
});
