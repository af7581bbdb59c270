import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { hubspotObjectTypes } from '../../generated/api-facts.js';
import { ConfigurationError, messageOf } from '../client/errors.js';
import { createSimulator, parseFaultPlan, serve, type FaultPlan, type SimulatorReply } from '../simulator/index.js';
import { parseAllowance } from './allowance.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { print } from './print.js';
import { format } from './progress.js';

const simulateUsage = `Usage: hubspot-associations simulate [options]

Serves a HubSpot account in memory on 127.0.0.1 until it is interrupted, and logs what it is asked.
Every record exists but those whose id begins with 999; any access token is accepted.

  --port N                the port (default: a free one)
  --allowance N/SECONDS   requests that a token may send in any so many seconds (default: any number)
  --faults PLAN.json      what goes wrong, and when; docs/simulator.md has the form
  --seed N                the seed of the faults, in place of the plan's
  --help                  prints this`;

/** Serves the simulator until it is interrupted. */
export async function simulate(args: readonly string[]): Promise<ExitCode> {
  const values = parse(args);
  if (values.help === true) {
    print(process.stdout, ...simulateUsage.split('\n'));
    return exitCodes.allCreated;
  }
  const port = wholeNumber('--port', values.port ?? '0', 65_535);
  const allowance = values.allowance === undefined ? undefined : parseAllowance(values.allowance);
  const faults = await faultsOf(values.faults, values.seed);
  const exists = (id: string): boolean => !id.startsWith('999');
  const simulator = createSimulator({
    records: Object.fromEntries(hubspotObjectTypes.map(({ name }) => [name, exists])),
    ...(allowance === undefined ? {} : { allowance }),
    ...(faults === undefined ? {} : { faults }),
    onReply: (reply) => {
      print(process.stdout, describe(reply));
    },
  });
  const server = await serve(simulator, { port });
  print(
    process.stdout,
    `A simulated HubSpot account listens on ${server.url}. Point a client at it, for instance:`,
    '',
    `  HUBSPOT_ACCESS_TOKEN=any npx hubspot-associations create FILE --from contacts --to companies --base-url ${server.url}`,
    '',
    'Ctrl-C ends it.',
  );
  await new Promise((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  await server.close();
  return exitCodes.allCreated;
}

const options = {
  port: { type: 'string' },
  allowance: { type: 'string' },
  faults: { type: 'string' },
  seed: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

function parse(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof options }>>['values'] {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new ConfigurationError('arguments', messageOf(error));
  }
}

function wholeNumber(name: string, value: string, maximum: number): number {
  if (/^\d+$/.test(value) && Number(value) <= maximum) return Number(value);
  throw new ConfigurationError(name, `give a whole number from 0 to ${String(maximum)}, not ${value}.`);
}

async function faultsOf(path: string | undefined, seed: string | undefined): Promise<FaultPlan | undefined> {
  if (path === undefined) return undefined;
  try {
    const plan = parseFaultPlan(JSON.parse(await readFile(path, 'utf8')));
    return seed === undefined ? plan : { ...plan, seed: wholeNumber('--seed', seed, 2 ** 31 - 1) };
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError('--faults', `${path}: ${messageOf(error)}`);
  }
}

function describe({ request, method, path, status, inputs, associated, replaced, unchanged }: SimulatorReply): string {
  const refused = inputs - associated - replaced - unchanged;
  const counts = [
    `${format(associated)} new`,
    `${format(replaced)} replaced`,
    `${format(unchanged)} as before`,
    `${format(refused)} refused`,
  ];
  const pairs = inputs === 0 ? '' : `  ${format(inputs)} pairs: ${counts.join(', ')}`;
  return `#${String(request)} ${status === undefined ? 'no reply' : String(status)} ${method} ${path}${pairs}`;
}
