import { parseArgs } from 'node:util';
import { ConfigurationError, messageOf } from '../client/errors.js';
import { createSimulator } from '../simulator/create-simulator.js';
import type { SimulatorReply } from '../simulator/handler.js';
import { serve } from '../simulator/serve.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { format } from './progress.js';

const simulateUsage = `Usage: hubspot-associations simulate [options]

Serves a HubSpot account in memory on 127.0.0.1 until it is interrupted, and logs what it is asked.
Every record exists but those whose id begins with 999; any access token is accepted.

  --port N   the port (default: a free one)
  --help     prints this`;

/** Serves the simulator until it is interrupted. */
export async function simulate(args: readonly string[]): Promise<ExitCode> {
  const { port, help } = parse(args);
  if (help) {
    process.stdout.write(`${simulateUsage}\n`);
    return exitCodes.allCreated;
  }
  const simulator = createSimulator({
    records: Object.fromEntries(
      ['contacts', 'companies', 'deals', 'tickets', 'notes'].map((type) => [
        type,
        (id: string) => !id.startsWith('999'),
      ]),
    ),
    onReply: (reply) => process.stdout.write(`${describe(reply)}\n`),
  });
  const server = await serve(simulator, { port });
  process.stdout.write(`A simulated HubSpot account listens on ${server.url}. Point a client at it, for instance:

  HUBSPOT_ACCESS_TOKEN=any hubspot-associations create FILE --from contacts --to companies --base-url ${server.url}

Ctrl-C ends it.
`);
  await new Promise((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  await server.close();
  return exitCodes.allCreated;
}

function parse(args: readonly string[]): { port: number; help: boolean } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { port: { type: 'string', default: '0' }, help: { type: 'boolean', default: false } },
    });
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65_535) {
      throw new ConfigurationError('--port', `give a port from 0 to 65535, not ${values.port}.`);
    }
    return { port, help: values.help };
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError('arguments', messageOf(error));
  }
}

function describe({ method, path, status, inputs, associated, replaced }: SimulatorReply): string {
  const refused = inputs - associated - replaced;
  const counts =
    inputs === 0
      ? ''
      : `  ${format(inputs)} pairs: ${format(associated)} new, ${format(replaced)} there before, ${format(refused)} refused`;
  return `${String(status)} ${method} ${path}${counts}`;
}
