import { createDefaultEsmPreset } from 'ts-jest';

/** TypeScript without type checks, which `npm run typecheck` makes for everything at once. */
const typescript = {
  // Not the temporary folder, which is another one in each run of the whole suite.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  ...createDefaultEsmPreset({ tsconfig: 'tsconfig.json', diagnostics: false }),
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

/**
 * Unit tests stand beside their source, and contract tests ask of the client what the spec says.
 * End-to-end tests start what people start: the command, the package in a project of its own, a browser.
 * Contract and end-to-end tests run what is built into dist/.
 *
 * @type {import('jest').Config}
 */
export default {
  // Catches a test that hangs, on the busiest machine; no test is there to be fast.
  testTimeout: 300_000,
  // By default one core is left to the process that waits for the workers.
  maxWorkers: '100%',
  projects: [
    {
      displayName: 'unit',
      ...typescript,
      testMatch: ['<rootDir>/{src,scripts}/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.e2e\\.test\\.ts$'],
    },
    { displayName: 'contract', ...typescript, testMatch: ['<rootDir>/contract-tests/**/*.contract.test.ts'] },
    { displayName: 'e2e', ...typescript, testMatch: ['<rootDir>/{src,scripts,contract-tests}/**/*.e2e.test.ts'] },
  ],
};
