import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { at, isJsonObject, operationsOf } from '../../src/openapi/index.js';
import { InvalidSpecError, overlaid } from './read-spec.js';
import type { Spec } from './spec.js';

/** A version of the API besides the captured one. */
export interface ApiVersion {
  /** As in its paths, such as `2026-03`: the `info.version` of its spec. */
  readonly name: string;
  /** The file in `generated/` that contains its spec. */
  readonly fileName: string;
  readonly spec: Spec;
}

const folder = 'openapi/versions';
const suffix = '.overlay.yaml';

/** The overlays in `openapi/versions/`, one per further version, oldest first. */
export async function versionOverlays(root: string): Promise<string[]> {
  const names = await readdir(join(root, folder)).catch(() => []);
  return names
    .filter((name) => name.endsWith(suffix))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/**
 * Reads every further version of the API: the spec with the overlay named after the version.
 *
 * @throws InvalidSpecError if a version is not valid, or differs in more than the paths of its operations.
 */
export async function readVersions(root: string, spec: Spec): Promise<ApiVersion[]> {
  const versions: ApiVersion[] = [];
  for (const overlay of await versionOverlays(root)) {
    const name = overlay.slice(folder.length + 1, -suffix.length);
    const fileName = `openapi.${name}.json`;
    const version = { name, fileName, spec: await overlaid(root, spec, overlay, fileName) };
    requireName(overlay, version, spec);
    requireSameExceptPaths(overlay, version.spec, spec);
    versions.push(version);
  }
  return versions;
}

function requireName(overlay: string, { name, spec }: ApiVersion, { info }: Spec): void {
  const { version } = spec.info;
  if (version === name && version !== info.version) return;
  throw new InvalidSpecError(
    `${overlay}: info.version is ${version}. Add an action that updates it to ${name}, or rename the file to match it` +
      ` (but not to ${info.version}, which is the version of the capture).`,
  );
}

/** All versions share one set of types and validators, so only the paths of operations may differ. */
function requireSameExceptPaths(overlay: string, version: Spec, base: Spec): void {
  const differences = [
    ...differencesOf(base, { ...version, info: base.info, paths: base.paths }, ''),
    ...differencesOf(base.paths, itemsByBasePath(base, version), '/paths'),
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

/** The path items of a version, keyed by the base's path of the same operation. */
function itemsByBasePath(base: Spec, version: Spec): Record<string, unknown> {
  const basePaths = pathsById(base);
  const moved = new Map(operationsOf(version).map(({ operationId, path }) => [path, basePaths[operationId] ?? path]));
  return Object.fromEntries(Object.entries(version.paths ?? {}).map(([path, item]) => [moved.get(path) ?? path, item]));
}

/** The path of each operation, by operationId. */
export function pathsById(spec: Spec): Record<string, string> {
  return Object.fromEntries(operationsOf(spec).map(({ operationId, path }) => [operationId, path]));
}

/** JSON pointers of the differences between two values, ignoring the order of members. */
function differencesOf(one: unknown, other: unknown, pointer: string): string[] {
  if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
    return one.flatMap((item, index) => differencesOf(item, other[index], at(pointer, index)));
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return JSON.stringify(one) === JSON.stringify(other) ? [] : [pointer];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((name) =>
    differencesOf(one[name], other[name], at(pointer, name)),
  );
}
