import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { generateApiFacts } from './generate/api-facts.js';
import { generateClient } from './generate/client.js';
import { generateManifest } from './generate/manifest.js';
import { InvalidSpecError, readSpec, rejectFindings, sources } from './generate/read-spec.js';
import { sourcePlaces } from './generate/source-places.js';
import type { Spec } from './generate/spec.js';
import { InvalidSchemaError } from './generate/standalone.js';
import { untestableIn } from './generate/untestable.js';
import { replaceFolder } from '../src/files/replace-folder.js';
import { readVersions } from './generate/versions.js';

const usage = `npm run generate           writes generated/ from openapi/
npm run generate:check     lists the files in generated/ that are out of date, and fails if there are any

  --root FOLDER   the folder that contains openapi/ and generated/ (default: this project)`;

/** Generates the content of every file in `generated/`, by name. Writes nothing, so an invalid spec changes nothing. */
async function generate(root: string): Promise<Map<string, string>> {
  const spec = await readSpec(root);
  const versions = await readVersions(root, spec);
  // Loaded only for a valid spec, because the TypeScript compiler takes a second to load.
  const { generateSchemaTypes } = await import('./generate/schema-types.js');
  const { generateValidators } = await import('./generate/validators.js');
  const descriptions = new Map([
    ['openapi.json', description(spec)],
    ...versions.map((version) => [version.fileName, description(version.spec)] as const),
  ]);
  // The contract suite runs as another process, in parallel.
  const [validators, schemaTypes] = await Promise.all([
    generateValidators(spec).catch(invalidSchema(root, spec)),
    generateSchemaTypes(spec),
    untestableIn(spec).then((findings) => rejectFindings(root, spec, findings)),
  ]);
  return new Map([
    ...descriptions,
    ['schema.ts', schemaTypes],
    ['client.ts', generateClient(spec, versions)],
    ['api-facts.ts', generateApiFacts(spec)],
    ['validators.js', validators.code],
    ['validators.d.ts', validators.types],
    ['manifest.json', await generateManifest(root, descriptions)],
  ]);
}

/** Reports a schema that Ajv rejects although every keyword is supported. */
function invalidSchema(root: string, spec: Spec): (error: unknown) => Promise<never> {
  return async (error) => {
    if (!(error instanceof InvalidSchemaError)) throw error;
    const placeOf = await sourcePlaces(root, sources, spec);
    throw new InvalidSpecError(`${placeOf(error.pointer)}: ${error.message}`);
  };
}

function description(spec: Spec): string {
  return `${JSON.stringify(spec, null, 2)}\n`;
}

/** Replaces the whole folder at once: readers never see half of it, and a failure leaves it unchanged. */
async function write(folder: string, files: Map<string, string>): Promise<void> {
  let fresh: string | undefined;
  try {
    fresh = await mkdtemp(join(dirname(folder), '.generated-'));
    // Temporary folders are readable only by their owner.
    await chmod(fresh, 0o755);
    for (const [name, text] of files) await writeFile(join(fresh, name), text);
    replaceFolder(folder, fresh);
  } catch (error) {
    if (fresh !== undefined) await rm(fresh, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : String(error);
    console.error(`Cannot write generated/, which was not changed: ${reason}.`);
    process.exitCode = 1;
    return;
  }
  console.log(`generated/ written: ${[...files.keys()].join(', ')}.`);
}

async function check(folder: string, files: Map<string, string>): Promise<void> {
  const present = await readdir(folder).catch(() => []);
  const stale: string[] = [];
  for (const [name, text] of files) {
    const onDisk = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (onDisk?.replaceAll('\r\n', '\n') === text) continue;
    stale.push(`generated/${name} ${onDisk === undefined ? 'is missing' : 'is out of date'}`);
  }
  for (const name of present) {
    if (!files.has(name)) stale.push(`generated/${name} is not one of the generated files`);
  }
  if (stale.length === 0) {
    console.log('generated/ is up to date with the spec.');
    return;
  }
  console.error(`${stale.join('\n')}\nRun \`npm run generate\` and commit the result.`);
  process.exitCode = 1;
}

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    root: { type: 'string', default: join(import.meta.dirname, '..') },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(usage);
} else {
  const root = resolve(values.root);
  const folder = join(root, 'generated');
  try {
    const files = await generate(root);
    await (values.check ? check(folder, files) : write(folder, files));
  } catch (error) {
    if (!(error instanceof InvalidSpecError)) throw error;
    console.error(`The spec is not valid; generated/ was not changed.\n${error.message}`);
    process.exitCode = 1;
  }
}
