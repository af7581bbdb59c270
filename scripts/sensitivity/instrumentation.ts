import type { InstrumenterContext } from '@stryker-mutator/api/core';

declare global {
  var __stryker__: InstrumenterContext | undefined;
}

/** Shared with the mutated code: the active mutant, and the coverage of each test. */
export const instrumentation = (globalThis.__stryker__ ??= {});
