import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { sources } from './read-spec.js';
import { isJsonObject } from '../../src/openapi/index.js';
import { versionOverlays } from './versions.js';

const tools = [
  '@redocly/openapi-core',
  'ajv',
  'ajv-formats',
  'esbuild',
  'openapi-fetch',
  'openapi-format',
  'openapi-typescript',
  'typescript',
];

/**
 * `manifest.json`: the hashes of the sources and descriptions, and the versions of the tools.
 *
 * @param descriptions - The description of each version of the API, by the name of its file.
 */
export async function generateManifest(root: string, descriptions: ReadonlyMap<string, string>): Promise<string> {
  const hashes: Record<string, string> = {};
  for (const source of [...sources, ...(await versionOverlays(root))]) {
    hashes[source] = sha256(await readFile(join(root, source), 'utf8'));
  }
  for (const [name, text] of descriptions) hashes[`generated/${name}`] = sha256(text);
  const versions = await Promise.all(tools.map(async (tool) => [tool, await versionOf(tool)] as const));
  return `${JSON.stringify({ sha256: hashes, tools: Object.fromEntries(versions) }, null, 2)}\n`;
}

/** Normalises line endings, so that a checkout with CRLF has the same hash. */
function sha256(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

async function versionOf(tool: string): Promise<string> {
  const entry = createRequire(import.meta.url).resolve(tool);
  const folder = entry.slice(0, entry.lastIndexOf(join('node_modules', tool)) + join('node_modules', tool).length);
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  if (!isJsonObject(manifest) || typeof manifest['version'] !== 'string') throw new Error(`${tool} has no version.`);
  return manifest['version'];
}
