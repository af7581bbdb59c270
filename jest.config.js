import { createDefaultEsmPreset } from 'ts-jest';

/** TypeScript without type checks, which `npm run typecheck` makes for everything at once. */
const typescript = {
  // Not the temporary folder, which is another one in each run of the whole suite.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  ...createDefaultEsmPreset({ tsconfig: 'tsconfig.json', diagnostics: false }),
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

/**
 * Unit tests stand beside their source; contract tests run what is built into dist/, by its package name.
 *
 * @type {import('jest').Config}
 */
export default {
  // Catches a test that hangs, on the busiest machine; no test is there to be fast.
  testTimeout: 300_000,
  // By default one core is left to the process that waits for the workers.
  maxWorkers: '100%',
  projects: [
    { displayName: 'unit', ...typescript, testMatch: ['<rootDir>/src/**/*.test.ts', '<rootDir>/scripts/**/*.test.ts'] },
    { displayName: 'contract', ...typescript, testMatch: ['<rootDir>/contract-tests/**/*.contract.test.ts'] },
  ],
};
