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
    about: `Checks that the client of this package keeps to the contract: against a mock of its spec, against a
server with requests that do no harm, or in your own code against a change of the spec.`,
    operands: [],
    options: {
      baseUrl: one({ group, value: 'URL', help: 'Ask this server instead of the mock.' }, url),
      changes: one(
        {
          group,
          value: 'DIFF.json',
          help: 'Say which findings of npm run spec:diff -- OLD NEW --format json touch the code of --project.',
          complete: 'file',
          excludes: ['base-url'],
        },
        text,
      ),
      project: one(
        { group, value: 'TSCONFIG', help: 'The code that --changes is about.', default: 'tsconfig.json', complete: 'file' }, // prettier-ignore
        text,
      ),
      json: toggle({ group, help: 'Print JSON instead of text.' }),
    },
    examples: [
      { command: 'contract', meaning: 'Ask a mock for every example of every reply; needs @stoplight/prism-cli.' },
      { command: 'contract --base-url http://127.0.0.1:4010', meaning: 'Ask a simulator.' },
      { command: 'contract --changes diff.json', meaning: 'Say where your code uses what has changed.' },
    ],
    notes: `A server that is not on this machine is asked with an account of your own, from the environment:
${Object.entries(probeVariables)
  .map(([name, purpose]) => `  ${name}: ${purpose}`)
  .join('\n')}

One pair is associated, which changes nothing the second time; everything else has to be refused.`,
  },
  async ({ baseUrl, changes, project = 'tsconfig.json', json }, _, { environment }) => {
    if (changes !== undefined) return tellUses(await findingsOf(changes), project, json);
    const results = baseUrl === undefined ? await askMock() : await probe(settingsFor(baseUrl, environment), baseUrl);
    return tellResults(results, json);
  },
);

async function askMock(): Promise<CheckResult[]> {
  const mock = await startMock();
  try {
    return await checkMock(mock.url);
  } finally {
    await mock.stop();
  }
}

/** A server of this machine is nobody's account, so it needs no variables. */
function settingsFor(baseUrl: string, environment: NodeJS.ProcessEnv): ProbeSettings {
  const settings = readProbeSettings(environment);
  if (!Array.isArray(settings)) return settings;
  if (['localhost', '127.0.0.1', '[::1]'].includes(new URL(baseUrl).hostname)) return simulatedProbe;
  const missing = settings.map((name) => `  ${name.padEnd(30)} ${probeVariables[name]}`);
  throw new ConfigurationError('environment', `missing, or unusable:\n${missing.join('\n')}`);
}

function tellResults(results: readonly CheckResult[], json: boolean): ExitCode {
  const failed = results.filter(({ problems }) => problems.length > 0);
  if (json) print(process.stdout, JSON.stringify({ results, failed: failed.length }));
  else {
    for (const { title, problems } of results) {
      const lines = problems.flatMap((problem) => problem.split('\n')).map((line) => `    ${line}`);
      print(process.stdout, `${problems.length === 0 ? '✓' : '✗'} ${title}`, ...lines);
    }
    const passed = results.length - failed.length;
    print(process.stdout, '', `${String(passed)} of ${String(results.length)} are as the spec says.`);
  }
  return failed.length === 0 ? exitCodes.allCreated : exitCodes.someNotCreated;
}

function tellUses(findings: readonly ContractFinding[], project: string, json: boolean): ExitCode {
  const inUse = findingsInUse(findings, project);
  if (json) print(process.stdout, JSON.stringify({ findings: findings.length, inUse }));
  else {
    for (const { finding, uses } of inUse) {
      print(process.stdout, finding.message, ...uses.map(({ file, line }) => `    ${file}:${String(line)}`));
    }
    print(process.stdout, `${String(inUse.length)} of ${String(findings.length)} changes touch ${project}.`);
  }
  return inUse.length === 0 ? exitCodes.allCreated : exitCodes.someNotCreated;
}

async function findingsOf(path: string): Promise<ContractFinding[]> {
  const findings = member(await readJsonFile('--changes', path), 'findings');
  if (!Array.isArray(findings) || !findings.every(isFinding)) {
    throw new ConfigurationError('--changes', `${path} is no output of npm run spec:diff -- OLD NEW --format json.`);
  }
  return findings;
}

function isFinding(value: unknown): value is ContractFinding {
  if (!isJsonObject(value)) return false;
  const { ruleId, pointer, message, affects } = value;
  return [ruleId, pointer, message].every((text) => typeof text === 'string') && Array.isArray(affects);
}
