import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

export { expect } from 'expect';
export { afterAll, afterEach, beforeAll, beforeEach, describe, test } from 'jest-circus';

const mocker = new ModuleMocker(globalThis);
// eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- the timers read no other member
const timers = new ModernFakeTimers({ config: { rootDir: '.', fakeTimers: {} } as never, global: globalThis });

/** The part of Jest's object that the tests use. Bundled in place of `@jest/globals`. */
export const jest = {
  fn: mocker.fn.bind(mocker),
  spyOn: mocker.spyOn.bind(mocker),
  restoreAllMocks: (): void => {
    mocker.restoreAllMocks();
  },
  setTimeout: (): void => undefined,
  useFakeTimers: (): void => {
    // The platform's streams need these; in Jest they run outside the environment of the tests.
    timers.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance', 'hrtime'] });
  },
  useRealTimers: (): void => {
    timers.useRealTimers();
  },
  advanceTimersByTimeAsync: (ms: number): Promise<void> => timers.advanceTimersByTimeAsync(ms),
  getTimerCount: (): number => timers.getTimerCount(),
};
