import { createDefaultEsmPreset } from 'ts-jest';

/** Compiles TypeScript without type checks, which `npm run typecheck` does for the whole project. */
const typescript = {
  // The default is in the temporary folder, and each run of the suite has its own.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  ...createDefaultEsmPreset({ tsconfig: 'tsconfig.json', diagnostics: false }),
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

/**
 * Unit tests are next to their source. Contract tests compare the client with the spec. End-to-end tests start what
 * users start: the command, the package in another project, a browser. Both of these test the build in dist/.
 *
 * @type {import('jest').Config}
 */
export default {
  // Long enough for a busy machine: the timeout is for tests that hang, not for slow tests.
  testTimeout: 300_000,
  // The default leaves one core to the main process, which only waits for the workers.
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
