#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { isAssociationsError, messageOf } from '../client/errors.js';
import { stringMember } from '../client/json.js';
import { nearest } from '../client/nearest.js';
import { commands } from './commands.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { helpOf, helpOfAll } from './help.js';
import { print } from './print.js';

// By default V8 lets the heap grow to a multiple before it collects garbage, so a run's memory would grow
// with the file. This costs about a quarter more CPU time, which hardly matters since the allowance limits
// the pace.
setFlagsFromString('--heap-growing-percent=50');

async function main([name, ...args]: readonly string[]): Promise<ExitCode> {
  if (name === undefined) {
    print(process.stderr, ...helpOfAll(commands));
    return exitCodes.nothingDone;
  }
  if (asksForHelp(name) || name === 'help') return help(args[0]);
  if (name === '--version' || name === '-v') return version();
  const entry = entryOf(name);
  if (entry === undefined) return unknownCommand(name);
  if (args.some(asksForHelp)) return help(name);
  const command = await entry.load();
  return command.run(args, { environment: process.env, commands });
}

function asksForHelp(argument: string): boolean {
  return argument === '--help' || argument === '-h';
}

function entryOf(name: string): (typeof commands)[string] | undefined {
  return Object.hasOwn(commands, name) ? commands[name] : undefined;
}

async function help(name: string | undefined): Promise<ExitCode> {
  const entry = name === undefined ? undefined : entryOf(name);
  if (name !== undefined && entry === undefined) return unknownCommand(name);
  const lines = name === undefined || entry === undefined ? helpOfAll(commands) : helpOf(name, await entry.load());
  print(process.stdout, ...lines);
  return exitCodes.allCreated;
}

/** The path is relative to this file in the built package. */
async function version(): Promise<ExitCode> {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  print(process.stdout, stringMember(JSON.parse(text), 'version') ?? 'unknown');
  return exitCodes.allCreated;
}

function unknownCommand(name: string): ExitCode {
  const meant = nearest(name, [...Object.keys(commands), 'help', '--help', '--version']);
  const file = /[./\\]/.test(name) ? ` To associate the rows of a file: hubspot-associations create ${name}` : '';
  const advice = meant === undefined ? file : ` Did you mean ${meant}?`;
  report({ code: 'COMMAND', message: `There is no command ${name}.${advice}`, exitCode: exitCodes.nothingDone });
  if (advice === '') print(process.stderr, '', ...helpOfAll(commands));
  return exitCodes.nothingDone;
}

/** Why the command did nothing. */
interface Failure {
  readonly code: string;
  readonly message: string;
  readonly exitCode: ExitCode;
}

function failureOf(error: unknown): Failure {
  const message = messageOf(error);
  if (isAssociationsError(error)) {
    // Interrupted before anything was sent: the same command starts again.
    const isInterrupt = error.code === 'STOPPED' && error.reason === 'aborted';
    return { code: error.code, message, exitCode: isInterrupt ? exitCodes.stopped : exitCodes.nothingDone };
  }
  // For example, a file that cannot be opened, or a port that is taken.
  const isSystemError = typeof error === 'object' && error !== null && 'syscall' in error;
  if (isSystemError) return { code: 'SYSTEM', message, exitCode: exitCodes.nothingDone };
  const stack = error instanceof Error && process.env['NODE_DEBUG'] !== undefined ? error.stack : undefined;
  const advice = 'This is a defect of hubspot-associations. NODE_DEBUG=1 shows where; please report it.';
  return { code: 'DEFECT', message: `${stack ?? message}\n${advice}`, exitCode: exitCodes.nothingDone };
}

/** Prints a failure for people, and also as JSON if requested. */
function report({ exitCode, ...error }: Failure): void {
  print(process.stderr, ...error.message.split('\n'));
  if (process.argv.includes('--json')) print(process.stdout, JSON.stringify({ error, exitCode }));
}

// Continue if the reader of the output has gone: associating the rows matters more.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const failure = failureOf(error);
  report(failure);
  process.exitCode = failure.exitCode;
} finally {
  // A pending read of standard input would keep the process alive.
  process.stdin.destroy();
}
