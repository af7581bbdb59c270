import type { InstrumenterContext } from '@stryker-mutator/api/core';

declare global {
  var __stryker__: InstrumenterContext | undefined;
}

/** What the changed code and StrykerJS share: which change is active, and what each test has reached. */
export const instrumentation = (globalThis.__stryker__ ??= {});
