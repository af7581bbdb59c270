import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pacePart } from './bench/parts/pace.js';
import { pairsPart } from './bench/parts/pairs.js';
import { simulatorPart } from './bench/parts/simulator.js';
import { sizePart } from './bench/parts/size.js';
import { startPart } from './bench/parts/start.js';
import { plotOf } from './bench/plot.js';
import { machine, markdownOf, type Scale, type Table } from './bench/table.js';

const folder = join(import.meta.dirname, 'bench');

/**
 * `npm run bench`: compares the product with its peers; `npm run bench -- pairs pace` runs only these parts.
 * `--quick` measures fewer pairs, once; `--rounds N` takes the median of N rounds; `--output FOLDER` sets the folder of
 * the results.
 */
const parts: Readonly<Record<string, (scale: Scale) => Promise<Table>>> = {
  pairs: pairsPart,
  pace: pacePart,
  size: sizePart,
  start: startPart,
  simulator: simulatorPart,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    output: { type: 'string', default: join(import.meta.dirname, '..', 'docs', 'benchmark') },
  },
});
const unknown = positionals.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(
    `Unknown part: ${unknown.join(', ')}. Choose from ${Object.keys(parts).join(', ')}, or name none to run all.`,
  );
  process.exit(1);
}
installPeers();

const tables: Record<string, Table> = {};
for (const [name, measure] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.error(name);
  tables[name] = await measure(
    values.quick ? { divisor: 10, rounds: 1 } : { divisor: 1, rounds: Number(values.rounds) },
  );
}
const markdown = markdownOf(Object.values(tables));
console.log(markdown);
await mkdir(values.output, { recursive: true });
await writeFile(join(values.output, 'results.md'), markdown);
await writeFile(join(values.output, 'results.json'), `${JSON.stringify({ machine: machine(), tables }, null, 2)}\n`);
if (tables['pairs'] !== undefined) await writeFile(join(values.output, 'pairs.svg'), plotOf(tables['pairs']));

/** Installs the peers beside the benchmark, to keep them out of the project. */
function installPeers(): void {
  if (existsSync(join(folder, 'node_modules', '@hubspot', 'api-client'))) return;
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('The peers could not be installed.');
}
