import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { sources } from './read-spec.js';
import { isRecord } from './spec.js';

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

/** `manifest.json`: the hashes of what went in and the versions of the tools that made the rest. */
export async function generateManifest(root: string, openapi: string): Promise<string> {
  const hashes: Record<string, string> = {};
  for (const source of sources) hashes[source] = sha256(await readFile(join(root, source), 'utf8'));
  hashes['generated/openapi.json'] = sha256(openapi);
  const versions = await Promise.all(tools.map(async (tool) => [tool, await versionOf(tool)] as const));
  return `${JSON.stringify({ sha256: hashes, tools: Object.fromEntries(versions) }, null, 2)}\n`;
}

/** Line ends are left out of the hash, so that a checkout with CRLF has the same one. */
function sha256(text: string): string {
  return createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');
}

async function versionOf(tool: string): Promise<string> {
  const entry = createRequire(import.meta.url).resolve(tool);
  const folder = entry.slice(0, entry.lastIndexOf(join('node_modules', tool)) + join('node_modules', tool).length);
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  if (!isRecord(manifest) || typeof manifest['version'] !== 'string') throw new Error(`${tool} has no version.`);
  return manifest['version'];
}
