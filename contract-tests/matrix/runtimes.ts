import { join } from 'node:path';
import type { Sandbox } from '../project/packed-package.js';

/** A runtime to test the package on. */
export interface Runtime {
  readonly name: string;
  /** Tests the package in a sandbox where it is installed. Returns what was tested, or rejects. */
  readonly attempt: (sandbox: Sandbox) => Promise<string>;
}

/** Runtimes that npm has no package for, or that need another machine. */
export const notTested = [
  ['Safari, Firefox', 'npm has no packages for them; the client needs only fetch and crypto.getRandomValues.'],
  ['Windows, macOS', 'the matrix runs on this machine only.'],
] as const;

const esm = `import { tryPackage } from './program.js';\nconsole.log(await tryPackage());\n`;
const commonJs = `const { createAssociationsClient } = require('hubspot-associations');
const { createSimulator } = require('hubspot-associations/simulator');
const client = createAssociationsClient({ accessToken: 'matrix', fetch: createSimulator().fetch });
const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }];
const inputs = [{ from: { id: '1' }, to: { id: '2' }, types }];
client.batchCreate({ fromObjectType: 'contacts', toObjectType: 'companies', inputs }).then(({ status }) => {
  console.log(status === 201 ? 'works' : status);
});
`;

function node(version: string): Runtime {
  const run = `npx -y -p node@${version} node`;
  return {
    name: `Node ${version}`,
    attempt: async (sandbox) => {
      await sandbox.write('esm.mjs', esm);
      await sandbox.write('common.cjs', commonJs);
      requireWorks(await sandbox.run(`${run} esm.mjs`));
      requireWorks(await sandbox.run(`${run} --disable-warning=ExperimentalWarning common.cjs`));
      const command = join('node_modules', 'hubspot-associations', 'dist', 'src', 'cli', 'main.js');
      await sandbox.write('pairs.csv', 'from_id,to_id\n1,2\n');
      const options = '--from contacts --to companies --type HUBSPOT_DEFINED:279 --simulate --quiet';
      await sandbox.run(`${run} ${command} create pairs.csv ${options}`);
      return 'ESM, CommonJS, the command line';
    },
  };
}

/** A runtime that has an npm package for each platform. */
function packaged(name: string, packageName: string, run: string): Runtime {
  return {
    name,
    attempt: async (sandbox) => {
      await sandbox.run(`npm install --no-save --ignore-scripts ${packageName}`);
      await sandbox.write('esm.mjs', esm);
      requireWorks(await sandbox.run(`${join('node_modules', packageName)}/${run} esm.mjs`));
      return 'ESM';
    },
  };
}

function typeScript(version: string, skipLibCheck: boolean): Runtime {
  return {
    name: `TypeScript ${version}${skipLibCheck ? '' : ', skipLibCheck: false'}`,
    attempt: async (sandbox) => {
      await sandbox.run(`npm install --no-save typescript@${version}`);
      await sandbox.write('consumer.ts', consumer);
      const compilerOptions = {
        ...{ strict: true, noEmit: true, skipLibCheck, types: [] },
        ...{ module: 'nodenext', target: 'es2022', lib: ['es2022', 'dom', 'dom.iterable'] },
      };
      await sandbox.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['consumer.ts'] }));
      await sandbox.run('npx tsc');
      return 'types';
    },
  };
}

const consumer = `
import { createAssociationsClient, type AssociationInput, type Outcome } from 'hubspot-associations';
import { createSimulator } from 'hubspot-associations/simulator';
import type { paths } from 'hubspot-associations/schema';
export type Path = keyof paths;
export const client = createAssociationsClient({ accessToken: 'matrix', fetch: createSimulator().fetch });
export const failed = (outcome: Outcome): AssociationInput | undefined =>
  outcome.kind === 'failed' ? outcome.input : undefined;
`;

export function requireWorks(output: string): void {
  if (output.trim() !== 'works') throw new Error(output);
}

const platform = `${process.platform}-${process.arch}`;

export const runtimes: readonly Runtime[] = [
  ...['20.19', '22', '24', '26'].map(node),
  packaged('Bun', `@oven/bun-${platform}`, 'bin/bun'),
  packaged(
    'Deno',
    `@deno/${platform}${process.platform === 'linux' ? '-glibc' : ''}`,
    'deno run --allow-net --allow-env',
  ),
  ...['5.0', '5.4', '5.9', '6.0'].map((version) => typeScript(version, true)),
  ...['5.4', '5.9', '6.0'].map((version) => typeScript(version, false)),
];
