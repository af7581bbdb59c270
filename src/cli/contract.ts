import { defaultApiVersion, type ApiVersion } from '../../generated/client.js';
import { apiVersionNames, checkedApiVersion } from '../client/api-version.js';
import { ConfigurationError } from '../client/errors.js';
import { isJsonObject, member } from '../client/json.js';
import {
  checkMock,
  findingsInUse,
  probe,
  probeVariables,
  readProbeSettings,
  simulatedProbe,
  startMock,
  type CheckResult,
  type ContractFinding,
  type ProbeSettings,
} from '../contract/index.js';
import { defineCommand } from './command.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { readJsonFile } from './json-file.js';
import { one, text, toggle, url } from './option.js';
import { print } from './print.js';

const group = 'Options';

export const contractCommand = defineCommand(
  {
    usage: '[options]',
    about: `Checks that the client of this package keeps to the contract: against a mock of its spec, or against a
server with harmless requests. With --changes, finds the code of yours that a change of the spec affects.`,
    operands: [],
    options: {
      baseUrl: one({ group, value: 'URL', help: 'Check this server instead of the mock.' }, url),
      apiVersion: one(
        {
          group,
          value: 'VERSION',
          help: `The version of the API: ${apiVersionNames.join(' or ')}.`,
          default: defaultApiVersion,
          complete: apiVersionNames,
        },
        (value, name) => checkedApiVersion(name, value),
      ),
      changes: one(
        {
          group,
          value: 'DIFF.json',
          help: 'List the findings of npm run spec:diff -- OLD NEW --format json that affect the code of --project.',
          complete: 'file',
          excludes: ['base-url'],
        },
        text,
      ),
      project: one(
        { group, value: 'TSCONFIG', help: 'The TypeScript project to search.', default: 'tsconfig.json', complete: 'file' }, // prettier-ignore
        text,
      ),
      json: toggle({ group, help: 'Print JSON instead of text.' }),
    },
    examples: [
      { command: 'contract', meaning: 'Check every example of every reply on a mock; needs @stoplight/prism-cli.' },
      { command: 'contract --base-url http://127.0.0.1:4010', meaning: 'Check a simulator.' },
      { command: 'contract --changes diff.json', meaning: 'Find the code that a change affects.' },
    ],
    notes: `A server that is not on this machine needs a test account, from the environment:

${Object.entries(probeVariables)
  .map(([name, purpose]) => `  ${name}\n      ${purpose}`)
  .join('\n')}

One request associates a pair; repeating it changes nothing. The server has to refuse all others.`,
  },
  async ({ baseUrl, apiVersion = defaultApiVersion, changes, project = 'tsconfig.json', json }, _, { environment }) => {
    if (changes !== undefined) return printUses(await findingsOf(changes), project, json);
    const results =
      baseUrl === undefined
        ? await checkAgainstMock(apiVersion)
        : await probe({ ...settingsFor(baseUrl, environment), apiVersion }, baseUrl);
    return printResults(results, json);
  },
);

async function checkAgainstMock(apiVersion: ApiVersion): Promise<CheckResult[]> {
  const mock = await startMock({ apiVersion });
  try {
    return await checkMock(mock.url, apiVersion);
  } finally {
    await mock.stop();
  }
}

/** A server on this machine is not a real account, so it needs no variables. */
function settingsFor(baseUrl: string, environment: NodeJS.ProcessEnv): ProbeSettings {
  const settings = readProbeSettings(environment);
  if (!Array.isArray(settings)) return settings;
  if (['localhost', '127.0.0.1', '[::1]'].includes(new URL(baseUrl).hostname)) return simulatedProbe;
  const missing = settings.map((name) => `  ${name.padEnd(30)} ${probeVariables[name]}`);
  throw new ConfigurationError('environment', `missing or invalid:\n${missing.join('\n')}`);
}

function printResults(results: readonly CheckResult[], json: boolean): ExitCode {
  const failed = results.filter(({ problems }) => problems.length > 0);
  if (json) print(process.stdout, JSON.stringify({ results, failed: failed.length }));
  else {
    for (const { title, problems } of results) {
      const lines = problems.flatMap((problem) => problem.split('\n')).map((line) => `    ${line}`);
      print(process.stdout, `${problems.length === 0 ? '✓' : '✗'} ${title}`, ...lines);
    }
    const passed = results.length - failed.length;
    print(process.stdout, '', `${String(passed)} of ${String(results.length)} conform to the spec.`);
  }
  return failed.length === 0 ? exitCodes.allCreated : exitCodes.someNotCreated;
}

function printUses(findings: readonly ContractFinding[], project: string, json: boolean): ExitCode {
  const inUse = findingsInUse(findings, project);
  if (json) print(process.stdout, JSON.stringify({ findings: findings.length, inUse }));
  else {
    for (const { finding, uses } of inUse) {
      print(process.stdout, finding.message, ...uses.map(({ file, line }) => `    ${file}:${String(line)}`));
    }
    print(process.stdout, `${String(inUse.length)} of ${String(findings.length)} changes affect ${project}.`);
  }
  return inUse.length === 0 ? exitCodes.allCreated : exitCodes.someNotCreated;
}

async function findingsOf(path: string): Promise<ContractFinding[]> {
  const findings = member(await readJsonFile('--changes', path), 'findings');
  if (!Array.isArray(findings) || !findings.every(isFinding)) {
    throw new ConfigurationError(
      '--changes',
      `${path} is not the output of npm run spec:diff -- OLD NEW --format json.`,
    );
  }
  return findings;
}

function isFinding(value: unknown): value is ContractFinding {
  if (!isJsonObject(value)) return false;
  const { ruleId, pointer, message, affects } = value;
  return [ruleId, pointer, message].every((text) => typeof text === 'string') && Array.isArray(affects);
}
