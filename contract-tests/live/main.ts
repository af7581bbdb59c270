import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createSimulator, serve, type Server } from 'hubspot-associations/simulator';
import { descriptionFile } from '../judges/api-version.js';
import { runLive, type LiveRun } from './run-live.js';
import {
  probeVariables as variables,
  readProbeSettings,
  simulatedProbe,
  type ProbeSettings,
} from 'hubspot-associations/contract';
import { annotationsOf } from '../report/annotations.js';
import { terminalText } from '../report/terminal.js';
import { verdictOf } from '../report/verdict.js';
import { writeReport } from '../report/write-report.js';
import { listOf, objectOf } from '../../src/openapi/index.js';

const usage = `npm run contract:live                     tests HubSpot's API with a test account; in CI without one, the simulator
npm run contract:live -- --simulator      starts a simulator and tests it
npm run contract:live -- --base-url URL   tests any server

  --output FOLDER   the folder of the report (default: dist/contract-live)

One request associates a pair, which changes nothing the second time. The server must refuse all others.
These variables define the account:
${Object.entries(variables)
  .map(([name, purpose]) => `  ${name.padEnd(30)} ${purpose}`)
  .join('\n')}
  HUBSPOT_TEST_MISSING_ID        an id without a record (default: ${simulatedProbe.missingId})

Exit codes: 0 every reply conforms to the spec; 1 a reply does not; 64 invalid arguments; 78 a variable is missing.`;

const exitCodes = { conforms: 0, deviates: 1, usage: 64, configuration: 78 } as const;

const project = join(import.meta.dirname, '..', '..');

/** A server, and the settings of the requests to it. */
interface Target {
  readonly settings: ProbeSettings;
  readonly url: string;
  readonly name: string;
  close(): Promise<void>;
}

async function simulatorTarget(): Promise<Target> {
  const { accessToken, missingId } = simulatedProbe;
  const simulator = createSimulator({
    accessTokens: [accessToken],
    records: { contacts: { allExcept: [] }, companies: { allExcept: [missingId] } },
  });
  const server: Server = await serve(simulator);
  return { settings: simulatedProbe, url: server.url, name: 'the simulator', close: () => server.close() };
}

/** A local server has no account, so it needs no variables. */
function isLocal(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

async function chooseTarget(
  baseUrl: string | undefined,
  simulator: boolean,
  documented: string,
): Promise<Target | undefined> {
  const settings = readProbeSettings(process.env);
  const url = baseUrl ?? documented;
  const close = (): Promise<void> => Promise.resolve();
  if (simulator) return simulatorTarget();
  if (!Array.isArray(settings)) return { settings, url, name: url, close };
  if (isLocal(url)) return { settings: simulatedProbe, url, name: url, close };
  if (baseUrl === undefined && process.env['CI'] === 'true') return simulatorTarget();
  console.error(`No request was sent to ${url}. These variables are missing or invalid:`);
  for (const name of settings) console.error(`  ${name.padEnd(30)} ${variables[name]}`);
  console.error('Set them, or use --simulator. See --help.');
  return undefined;
}

async function report({ report: found, proposals }: LiveRun, page: string): Promise<void> {
  if (process.env['GITHUB_ACTIONS'] === 'true') for (const line of annotationsOf(found)) console.log(line);
  console.log(terminalText(found, relative(process.cwd(), page)));
  if (proposals === '') return;
  await writeFile(join(page, '..', 'proposals.yaml'), `${proposals}\n`);
  console.log(`\nPaste these proposals below "actions" in openapi/observed.overlay.yaml:\n\n${proposals}`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      simulator: { type: 'boolean', default: false },
      'base-url': { type: 'string' },
      output: { type: 'string', default: join(project, 'dist', 'contract-live') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return exitCodes.conforms;
  }
  const baseUrl = values['base-url'];
  if (baseUrl !== undefined && !/^https?:/.test(URL.canParse(baseUrl) ? baseUrl : '')) {
    throw new TypeError(`--base-url: ${baseUrl} is not an http or https URL.`);
  }
  const document = objectOf(JSON.parse(await readFile(join(project, descriptionFile), 'utf8')));
  const [server] = listOf(document['servers']);
  const chosen = await chooseTarget(baseUrl, values.simulator, String(objectOf(server)['url']));
  if (chosen === undefined) return exitCodes.configuration;
  try {
    console.log(`Testing ${chosen.name} through Prism.`);
    const run = await runLive(chosen.settings, document, chosen.url, chosen.name);
    await report(run, await writeReport(run.report, document, resolve(values.output)));
    return verdictOf(run.report).passed ? exitCodes.conforms : exitCodes.deviates;
  } finally {
    await chosen.close();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  // parseArgs and this file throw a TypeError for invalid arguments.
  if (!(error instanceof TypeError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  return exitCodes.usage;
});
