#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { isAssociationsError, messageOf } from '../client/errors.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { print } from './print.js';

const usage = `Usage: hubspot-associations COMMAND

  create     associates the records of each row of a file
  simulate   serves a HubSpot account in memory

hubspot-associations COMMAND --help says more.`;

// What V8 collects only once its heap has grown to a multiple would make the memory of a run grow with
// the file. This takes about a quarter more time, of which a run has plenty beside the allowance.
setFlagsFromString('--heap-growing-percent=50');

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
      print(process.stdout, ...usage.split('\n'));
      return exitCodes.allCreated;
    default:
      if (command !== undefined) print(process.stderr, `There is no command ${command}.`, '');
      print(process.stderr, ...usage.split('\n'));
      return exitCodes.nothingDone;
  }
}

// Whoever reads the output may go before the end: the rows are what matters, and go on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const expected = isAssociationsError(error) || isSystemError(error);
  const text = expected || !(error instanceof Error) ? messageOf(error) : (error.stack ?? error.message);
  print(process.stderr, ...text.split('\n'));
  process.exitCode = isInterrupt(error) ? exitCodes.stopped : exitCodes.nothingDone;
} finally {
  // A read of standard input that nobody waits for would keep the process alive.
  process.stdin.destroy();
}

/** Before anything was sent: the same command begins again. */
function isInterrupt(error: unknown): boolean {
  return isAssociationsError(error) && error.code === 'STOPPED' && error.reason === 'aborted';
}

/** A file that cannot be opened, a port that is taken. */
function isSystemError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
