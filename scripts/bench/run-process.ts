import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { isJsonObject } from '../../src/openapi/index.js';

const processes = join(import.meta.dirname, 'processes');
const program = join(import.meta.dirname, '..', '..', 'dist', 'src', 'cli', 'main.js');

/** The measurements of a process. */
export interface Measure {
  /** In milliseconds since 1970, with fractions. */
  readonly startedAt: number;
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMegabytes: number;
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
}

/** What a contender sends, and where to. */
export interface Setting {
  readonly url: string;
  readonly pairs: number;
  readonly allowance: false | { readonly requests: number; readonly perMs: number };
}

/** Runs a contender of processes/contenders.js. Its preparation is not measured. */
export function runContender(name: string, setting: Setting): Promise<Measure> {
  return measure([join(processes, 'contend.js'), name, JSON.stringify(setting)]);
}

/** Runs the command line. The start of its process is measured, too. */
export function runCommand(args: readonly string[]): Promise<Measure> {
  const types = ['--from', 'contacts', '--to', 'companies', '--type', 'HUBSPOT_DEFINED:279', '--quiet'];
  return measure([program, 'create', ...args, ...types]);
}

async function measure(args: readonly string[]): Promise<Measure> {
  const startedAt = now();
  const child = spawn(process.execPath, ['--import', join(processes, 'measure.js'), ...args], {
    env: { ...process.env, HUBSPOT_ACCESS_TOKEN: 'bench' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let result = '';
  child.stdio[3]?.on('data', (chunk: Buffer) => (result += chunk.toString()));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`${args.join(' ')} exited with code ${String(child.exitCode)}:\n${output}`);
  const figure = figuresOf(result);
  return {
    startedAt,
    ms: figure('ms'),
    cpuMs: figure('cpuMs'),
    peakMegabytes: figure('peakMegabytes'),
    delayP99Ms: figure('delayP99Ms'),
    delayMaxMs: figure('delayMaxMs'),
  };
}

/** The observations of the server. Times are milliseconds since 1970. */
export interface Report {
  readonly requests: number;
  readonly refused: number;
  readonly firstArrivalAt: number;
  readonly lastReplyAt: number;
  readonly maxInWindow: number;
  readonly cpuMs: number;
}

/** Runs a function with a server of processes/server.js, and stops the server afterwards. */
export async function withServer<T>(
  args: readonly (string | number)[],
  work: (url: string, report: () => Promise<Report>) => Promise<T>,
): Promise<T> {
  const child = spawn(process.execPath, [join(processes, 'server.js'), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const url of createInterface({ input: child.stdout })) return await work(url, () => reportOf(url));
    throw new Error('The server exited before it was listening.');
  } finally {
    child.kill();
  }
}

async function reportOf(url: string): Promise<Report> {
  const figure = figuresOf(await (await fetch(`${url}/report`)).text());
  return {
    requests: figure('requests'),
    refused: figure('refused'),
    firstArrivalAt: figure('firstArrivalAt'),
    lastReplyAt: figure('lastReplyAt'),
    maxInWindow: figure('maxInWindow'),
    cpuMs: figure('cpuMs'),
  };
}

function figuresOf(json: string): (name: string) => number {
  const figures: unknown = JSON.parse(json);
  return (name) => (isJsonObject(figures) ? Number(figures[name]) : NaN);
}

/** A clock that is the same in all processes. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
