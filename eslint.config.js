import { defineConfig } from 'eslint/config';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import { importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Layers of src/, from the top down. Imports go down only; see CONTRIBUTING.md. */
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

const shipped = layers
  .flat()
  .filter((layer) => !tools.includes(layer))
  .map(folder);

/** Forbids each layer to import from layers beside or above it. */
const zones = layers.flatMap((row, depth) =>
  row.map((layer) => ({
    target: folder(layer),
    from: [
      ...layers.slice(0, depth).flat(),
      ...row.filter((other) => other !== layer),
      // The same mistake must not hide on both sides.
      ...(layer === 'simulator' ? ['bulk', 'client'] : []),
    ].map(folder),
    message: 'Imports go down the layers only, in the order of CONTRIBUTING.md.',
  })),
);

/** Layers of contract-tests/, from the top down. Its tests and main.ts are above all layers. */
const contractLayers = [
  ['live', 'mutation', 'matrix'],
  ['checks', 'report', 'provenance'],
  ['judges'],
  ['values', 'project'],
  ['spec'],
];

/** @param {string} layer */
const contractFolder = (layer) => `./contract-tests/${layer}`;

/** The same for contract-tests/. */
const contractZones = contractLayers.flatMap((row, depth) =>
  row.map((layer) => ({
    target: contractFolder(layer),
    from: [...contractLayers.slice(0, depth).flat(), ...row.filter((other) => other !== layer)].map(contractFolder),
    message: 'Imports go down the layers of contract-tests/ only, in the order of CONTRIBUTING.md.',
  })),
);

/** The folders of src/spec-drift/, from the top down. Its own files are above them. */
const driftFolders = ['patch', 'compare', 'page'].map((name) => `./src/spec-drift/${name}`);
const driftZones = driftFolders.map((target, depth) => ({
  target,
  from: ['./src/spec-drift/*.ts', ...driftFolders.slice(0, depth).map((above) => `${above}/*`)],
  message: 'Imports go down the folders of src/spec-drift/ only: patch, compare, page.',
}));

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
            ...[...zones, ...contractZones, ...driftZones].filter(({ from }) => from.length > 0),
            {
              target: ['./src/spec-diff', './src/spec-drift'],
              from: shipped,
              message: 'What compares descriptions imports nothing that ships.',
            },
            {
              target: shipped,
              from: './src/openapi',
              message: 'The reader of descriptions is a tool of the repository: nothing that ships imports it.',
            },
            {
              target: './src',
              from: ['./contract-tests', './scripts'],
              message: 'src/ must not import tests or scripts.',
            },
            {
              target: './scripts',
              from: './contract-tests',
              message: 'Scripts start the contract tests like users do, and must not import them.',
            },
            {
              target: './contract-tests',
              from: './scripts',
              except: ['./generate'],
              message: 'The contract tests may import only the generator from scripts/.',
            },
            {
              target: './generated',
              from: './src',
              message: 'Generated code must not import hand-written code.',
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
          patterns: [{ group: ['node:*'], message: 'This code must run on every platform that has fetch.' }],
        },
      ],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'setImmediate', '__dirname'],
    },
  },
  {
    files: ['**/*.test.ts', '**/test-support.ts', 'scripts/soak/**/*.ts'],
    // Tests pass values that the types forbid, and combine layers.
    rules: {
      '@typescript-eslint/consistent-type-assertions': 'off',
      'import-x/no-restricted-paths': 'off',
    },
  },
);
