import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { at, isJsonObject, operationsOf } from '../../src/openapi/index.js';
import { InvalidSpecError, overlaid } from './read-spec.js';
import type { Spec } from './spec.js';

/** A version of the API beside the captured one. */
export interface ApiVersion {
  /** As paths have it, such as `2026-03`: the `info.version` of its spec. */
  readonly name: string;
  /** The file of `generated/` that holds its spec. */
  readonly fileName: string;
  readonly spec: Spec;
}

const folder = 'openapi/versions';
const suffix = '.overlay.yaml';

/** The overlays that each make another version out of the spec, oldest version first. */
export async function versionOverlays(root: string): Promise<string[]> {
  const names = await readdir(join(root, folder)).catch(() => []);
  return names
    .filter((name) => name.endsWith(suffix))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/**
 * Reads every further version of the API: the spec with one overlay of `openapi/versions/`, which
 * is named after the version.
 *
 * @throws InvalidSpecError when one is not valid, or differs in more than the paths of its operations.
 */
export async function readVersions(root: string, spec: Spec): Promise<ApiVersion[]> {
  const versions: ApiVersion[] = [];
  for (const overlay of await versionOverlays(root)) {
    const name = overlay.slice(folder.length + 1, -suffix.length);
    const fileName = `openapi.${name}.json`;
    const version = { name, fileName, spec: await overlaid(root, spec, overlay, fileName) };
    requireName(overlay, version, spec);
    requireSamePathsAside(overlay, version.spec, spec);
    versions.push(version);
  }
  return versions;
}

function requireName(overlay: string, { name, spec }: ApiVersion, { info }: Spec): void {
  const said = spec.info.version;
  if (said === name && said !== info.version) return;
  throw new InvalidSpecError(
    `${overlay}: info.version is ${said}. Let an action update it to ${name}, or name the file after it` +
      ` (and not ${info.version}, which is the version of the capture).`,
  );
}

/** One set of types and validators serves all versions, so all that may differ is where an operation is. */
function requireSamePathsAside(overlay: string, version: Spec, base: Spec): void {
  const differences = [
    ...differencesOf(base, { ...version, info: base.info, paths: base.paths }, ''),
    ...differencesOf(base.paths, atPathsOf(base, version), '/paths'),
  ];
  if (differences.length === 0) return;
  throw new InvalidSpecError(
    [
      `${overlay}: changes more than the paths of operations, which is not supported yet: generated types and`,
      `validators are the same for every version. It differs from ${base.info.version} at`,
      ...differences.slice(0, 10).map((pointer) => `  ${pointer}`),
      ...(differences.length > 10 ? [`  and ${String(differences.length - 10)} more places`] : []),
    ].join('\n'),
  );
}

/** The paths of a version, each under the name that its operations have in the base. */
function atPathsOf(base: Spec, version: Spec): Record<string, unknown> {
  const basePaths = pathsById(base);
  const moved = new Map(operationsOf(version).map(({ operationId, path }) => [path, basePaths[operationId] ?? path]));
  return Object.fromEntries(Object.entries(version.paths ?? {}).map(([path, item]) => [moved.get(path) ?? path, item]));
}

/** The path of each operation, by operationId. */
export function pathsById(spec: Spec): Record<string, string> {
  return Object.fromEntries(operationsOf(spec).map(({ operationId, path }) => [operationId, path]));
}

/** JSON pointers of the places where two values differ, whatever the order of members. */
function differencesOf(one: unknown, other: unknown, pointer: string): string[] {
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    return one.flatMap((item, index) => differencesOf(item, other[index], at(pointer, index)));
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return JSON.stringify(one) === JSON.stringify(other) ? [] : [pointer];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((name) =>
    differencesOf(one[name], other[name], at(pointer, name)),
  );
}
