import { beforeAll, describe, jest } from '@jest/globals';
import { checksOf } from './support/cells.js';
import { document, productInProcess } from './support/product.js';
import type { Subject } from './support/subject.js';
import { testChecks } from './support/test-checks.js';

jest.setTimeout(60_000);

let product: Subject;
beforeAll(async () => {
  product = await productInProcess();
}, 40_000);

describe('a reply that breaks one constraint is noticed by Prism, the validators and the client, at the same place', () => {
  testChecks(checksOf(document).deviations, () => product);
});
