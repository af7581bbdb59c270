import { ConfigurationError, messageOf } from '../client/errors.js';
import { createSimulator, type Simulator, type SimulatorOptions } from '../simulator/create-simulator.js';
import { serve } from '../simulator/serve.js';
import type { CreateArguments } from './create-options.js';
import type { ExitCode } from './exit-codes.js';
import { print } from './print.js';
import { format } from './format.js';

/** Runs the command against an in-memory account, and prints how many associations it has at the end. */
export async function withSimulator(
  { from, to, json }: CreateArguments,
  work: (baseUrl: string) => Promise<ExitCode>,
): Promise<ExitCode> {
  const exists = (id: string): boolean => !id.startsWith('999');
  const simulator = simulatorWith({ [from]: exists, [to]: exists });
  const server = await serve(simulator);
  try {
    const exitCode = await work(server.url);
    const associations = simulator.associations(from, to).length;
    if (!json) print(process.stdout, '', `The simulated account holds ${format(associations)} associations now.`);
    return exitCode;
  } finally {
    await server.close();
  }
}

function simulatorWith(records: SimulatorOptions['records'] & object): Simulator {
  try {
    return createSimulator({ records });
  } catch (error) {
    throw new ConfigurationError('--simulate', messageOf(error));
  }
}
