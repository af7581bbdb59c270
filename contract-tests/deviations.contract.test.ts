import { beforeAll, describe } from '@jest/globals';
import { checksOf } from './support/cells.js';
import { document, productInProcess } from './support/product.js';
import type { Subject } from './support/subject.js';
import { testChecks } from './support/test-checks.js';

let product: Subject;
beforeAll(async () => {
  product = await productInProcess();
});

describe('a reply that breaks one constraint is noticed by Prism, the validators and the client, at the same place', () => {
  testChecks(checksOf(document).deviations, () => product);
});
