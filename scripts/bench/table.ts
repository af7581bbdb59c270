import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { isJsonObject } from '../../src/openapi/index.js';

/** The results of one part of the benchmark. */
export interface Table {
  readonly title: string;
  /** Describes what was measured, and how. */
  readonly text: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** The size of a run. */
export interface Scale {
  /** Divides the number of pairs. */
  readonly divisor: number;
  /** The number of measurements per contender. */
  readonly rounds: number;
}

export function markdownOf(tables: readonly Table[]): string {
  return `# Benchmark\n\nWritten by \`npm run bench\`. ${machine()}\n\n${tables.map(section).join('\n\n')}\n`;
}

function section({ title, text, columns, rows }: Table): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_, index) => (index === 0 ? '---' : '--:'));
  return [`## ${title}`, '', text, '', line(columns), line(rule), ...rows.map(line)].join('\n');
}

/** The machine: figures of different machines cannot be compared. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() ?? 'an unknown processor';
  return `${String(availableParallelism())} cores (${model}), Node ${process.versions.node}, ${process.platform}.`;
}

/** The installed version of a peer. */
export function versionOf(name: string): string {
  const file = join(import.meta.dirname, 'node_modules', name, 'package.json');
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isJsonObject(manifest) ? String(manifest['version']) : '';
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Rounded to three significant digits, or to an integer from 100. */
export function rounded(value: number): number {
  return Number(value.toPrecision(value >= 100 ? Math.ceil(Math.log10(value + 1)) : 3));
}
