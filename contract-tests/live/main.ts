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

const usage = `npm run contract:live                     against HubSpot's API, with a test account
npm run contract:live -- --simulator      against the simulator, which it starts; so does CI without an account
npm run contract:live -- --base-url URL   against any server

  --output FOLDER   where the report goes (default: dist/contract-live)

One pair is associated, which changes nothing the second time; every other request is one that has to
be refused. The account comes from the environment:
${Object.entries(variables)
  .map(([name, purpose]) => `  ${name.padEnd(30)} ${purpose}`)
  .join('\n')}
  HUBSPOT_TEST_MISSING_ID        an id of no record (default: ${simulatedProbe.missingId})

Exit codes: 0 every reply is as the spec allows; 1 one is not; 64 wrong usage; 78 a variable is missing.`;

const exitCodes = { asTheSpecAllows: 0, deviates: 1, usage: 64, configuration: 78 } as const;

const project = join(import.meta.dirname, '..', '..');

/** A server, and what is sent to it. */
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

/** A server of this machine is nobody's account, so it needs no variables. */
function isLocal(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

async function target(
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
  console.error(`${url} was not asked anything. Missing or unusable in the environment:`);
  for (const name of settings) console.error(`  ${name.padEnd(30)} ${variables[name]}`);
  console.error('Give them, or use --simulator; --help says more.');
  return undefined;
}

async function report({ report: found, proposals }: LiveRun, page: string): Promise<void> {
  if (process.env['GITHUB_ACTIONS'] === 'true') for (const line of annotationsOf(found)) console.log(line);
  console.log(terminalText(found, relative(process.cwd(), page)));
  if (proposals === '') return;
  await writeFile(join(page, '..', 'proposals.yaml'), `${proposals}\n`);
  console.log(`\nProposals for openapi/observed.overlay.yaml, to paste below "actions":\n\n${proposals}`);
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
    return exitCodes.asTheSpecAllows;
  }
  const baseUrl = values['base-url'];
  if (baseUrl !== undefined && !/^https?:/.test(URL.canParse(baseUrl) ? baseUrl : '')) {
    throw new TypeError(`--base-url: ${baseUrl} is no http or https URL.`);
  }
  const document = objectOf(JSON.parse(await readFile(join(project, descriptionFile), 'utf8')));
  const [server] = listOf(document['servers']);
  const chosen = await target(baseUrl, values.simulator, String(objectOf(server)['url']));
  if (chosen === undefined) return exitCodes.configuration;
  try {
    console.log(`Asking ${chosen.name} through Prism.`);
    const run = await runLive(chosen.settings, document, chosen.url, chosen.name);
    await report(run, await writeReport(run.report, document, resolve(values.output)));
    return verdictOf(run.report).passed ? exitCodes.asTheSpecAllows : exitCodes.deviates;
  } finally {
    await chosen.close();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  // What parseArgs and this file throw for wrong arguments is a TypeError.
  if (!(error instanceof TypeError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  return exitCodes.usage;
});
