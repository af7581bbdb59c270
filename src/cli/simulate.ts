import { hubspotObjectTypes } from '../../generated/api-facts.js';
import { createSimulator, parseFaultPlan, serve, type FaultPlan, type SimulatorReply } from '../simulator/index.js';
import type { Allowance } from '../client/options.js';
import { allowance } from './allowance.js';
import { defineCommand } from './command.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { readJsonFile } from './json-file.js';
import { one, text, wholeNumber } from './option.js';
import { print } from './print.js';
import { format } from './format.js';

export const simulateCommand = defineCommand(
  {
    usage: '[options]',
    about: `Serves an in-memory HubSpot account on 127.0.0.1 until it is interrupted, and logs each request.
Every record exists except those whose id begins with 999; any access token is accepted.`,
    operands: [],
    options: {
      port: one({ group: 'Options', value: 'N', help: 'The port.', default: 'a free one' }, wholeNumber(0, 65_535)),
      allowance: one(
        {
          group: 'Options',
          value: 'N/SECONDS',
          help: 'Maximum requests per token in any window of SECONDS.',
          default: 'no limit',
        },
        allowance,
      ),
      faults: one(
        {
          group: 'Options',
          value: 'PLAN.json',
          help: 'A plan of the faults to inject; docs/simulator.md describes the format.',
          complete: 'file',
        },
        text,
      ),
      seed: one(
        { group: 'Options', value: 'N', help: "The seed of the faults, instead of the plan's." },
        wholeNumber(0, 2 ** 31 - 1),
      ),
    },
    examples: [{ command: 'simulate --port 4010 --allowance 100/10', meaning: 'Serve an account with the lowest limit.' }], // prettier-ignore
  },
  simulate,
);

interface SimulateOptions {
  readonly port: number | undefined;
  readonly allowance: Allowance | undefined;
  readonly faults: string | undefined;
  readonly seed: number | undefined;
}

/** Serves the simulator until it is interrupted. */
async function simulate({ port = 0, allowance, ...plan }: SimulateOptions): Promise<ExitCode> {
  const faults = await faultsOf(plan.faults, plan.seed);
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

async function faultsOf(path: string | undefined, seed: number | undefined): Promise<FaultPlan | undefined> {
  if (path === undefined) return undefined;
  const plan = parseFaultPlan(await readJsonFile('--faults', path));
  return seed === undefined ? plan : { ...plan, seed };
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
