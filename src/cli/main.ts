#!/usr/bin/env node
import { isAssociationsError, messageOf } from '../client/errors.js';
import { exitCodes, type ExitCode } from './exit-codes.js';

const usage = `Usage: hubspot-associations COMMAND

  create     associates the records of each row of a file
  simulate   serves a HubSpot account in memory

hubspot-associations COMMAND --help says more.`;

/** Only the command that is given is loaded. */
async function main([command, ...args]: readonly string[]): Promise<ExitCode> {
  switch (command) {
    case 'create': {
      const { create } = await import('./create.js');
      return create(args, process.env);
    }
    case 'simulate': {
      const { simulate } = await import('./simulate.js');
      return simulate(args);
    }
    case '--help':
    case '-h':
    case 'help':
      process.stdout.write(`${usage}\n`);
      return exitCodes.allCreated;
    default:
      process.stderr.write(`${command === undefined ? '' : `There is no command ${command}.\n\n`}${usage}\n`);
      return exitCodes.nothingDone;
  }
}

// Whoever reads the output may go before the end: the rows are what matters, and go on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const expected = isAssociationsError(error) || isSystemError(error);
  process.stderr.write(
    `${expected || !(error instanceof Error) ? messageOf(error) : (error.stack ?? error.message)}\n`,
  );
  process.exitCode = exitCodes.nothingDone;
} finally {
  // A read of standard input that nobody waits for would keep the process alive.
  process.stdin.destroy();
}

/** A file that cannot be opened, a port that is taken. */
function isSystemError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
