import { defineConfig } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Layers of src/, from the top. Imports go down only; see CONTRIBUTING.md. */
const layers = [
  ['spec-proposal'],
  ['spec-drift'],
  ['spec-diff'],
  ['cli'],
  ['contract', 'report', 'ledger', 'files', 'simulator', 'opentelemetry'],
  ['bulk'],
  ['client'],
  ['generated', 'openapi'],
];

/** Layers that are not shipped. */
const tools = ['spec-proposal', 'spec-drift', 'spec-diff', 'openapi'];

/** @param {string} layer */
const folder = (layer) => (layer === 'generated' ? './generated' : `./src/${layer}`);

/** For each layer: the layers beside it and above it, which it must not import from. */
const zones = layers.flatMap((row, depth) =>
  row.map((layer) => ({
    target: folder(layer),
    from: [
      ...layers.slice(0, depth).flat(),
      ...row.filter((other) => other !== layer),
      // One mistake must not cancel itself out on both sides.
      ...(layer === 'simulator' ? ['bulk', 'client'] : []),
    ].map(folder),
    message: 'Imports go down the layers only: cli, then files and simulator, bulk, client, generated.',
  })),
);

/** Floors of contract-tests/, from the top; its tests and main.ts stand above them all. */
const floors = [
  ['live', 'mutation', 'matrix'],
  ['checks', 'report', 'provenance'],
  ['judges'],
  ['values', 'project'],
  ['spec'],
];

/** @param {string} room */
const roomFolder = (room) => `./contract-tests/${room}`;

/** For each room of contract-tests/: the rooms beside it and above it, which it must not import from. */
const contractZones = floors.flatMap((row, depth) =>
  row.map((room) => ({
    target: roomFolder(room),
    from: [...floors.slice(0, depth).flat(), ...row.filter((other) => other !== room)].map(roomFolder),
    message:
      'Imports go down the floors of contract-tests only: live, mutation and matrix, then checks, report and provenance, judges, values, spec.',
  })),
);

export default defineConfig(
  { ignores: ['dist/', '.dist-*/', 'generated/', 'contract-tests/last-release/schema.d.ts', 'node_modules/'] },
  { files: ['**/*.ts'], extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked] },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'import-x/no-restricted-paths': [
        'error',
        {
          basePath: import.meta.dirname,
          zones: [
            ...[...zones, ...contractZones].filter(({ from }) => from.length > 0),
            {
              target: layers
                .flat()
                .filter((layer) => !tools.includes(layer))
                .map(folder),
              from: './src/openapi',
              message: 'The reader of descriptions is a tool of the repository: nothing that ships imports it.',
            },
            {
              target: './src',
              from: ['./contract-tests', './scripts'],
              message: 'Nothing imports the tests or the scripts.',
            },
            {
              target: './scripts',
              from: './contract-tests',
              message: 'Scripts start the contract tests as users do; they import nothing of them.',
            },
            {
              target: './contract-tests',
              from: './scripts',
              except: ['./generate'],
              message: 'The contract tests import nothing of the scripts but the generator.',
            },
            {
              target: './generated',
              from: './src',
              message: 'Generated code imports nothing that is written by hand.',
            },
          ],
        },
      ],
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'max-lines': ['error', { max: 250, skipBlankLines: false, skipComments: false }],
      'no-console': 'off',
    },
  },
  {
    files: ['src/client/**/*.ts', 'src/bulk/**/*.ts', 'src/simulator/**/*.ts', 'src/opentelemetry/**/*.ts'],
    ignores: ['**/*.test.ts', '**/test-support.ts', 'src/simulator/serve.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*'], message: 'The client and the simulator run on every platform that has fetch.' },
          ],
        },
      ],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'setImmediate', '__dirname'],
    },
  },
  {
    files: ['**/*.test.ts', '**/test-support.ts', 'scripts/soak/**/*.ts'],
    // A test hands over what the types forbid, to see it refused, and puts layers together.
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      'import-x/no-restricted-paths': 'off',
    },
  },
);
