import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { createConfig, getLineColLocation, lint, lintFromString, type NormalizedProblem } from '@redocly/openapi-core';
import { openapiOverlay } from 'openapi-format';
import { isJsonObject, lastStep, objectOf, parseSource, type YamlSource } from '../../src/openapi/index.js';
import { sourcePlaces } from './source-places.js';
import { isSpec, type Spec } from './spec.js';
import type { Finding } from './supported/findings.js';
import { foreign, foreignMembers } from './supported/references.js';
import { unsupportedIn } from './supported/unsupported.js';

/** The files that the spec is made of, below the root of the project. */
export const sources: readonly [string, ...string[]] = [
  'openapi/associations.yaml',
  'openapi/hubspot.overlay.yaml',
  'openapi/observed.overlay.yaml',
];

/** The spec is invalid or not supported; the message has the file, the line and the reason. */
export class InvalidSpecError extends Error {
  override readonly name = 'InvalidSpecError';
}

/** The rules that generation depends on. `npm run spec:lint` checks more, with `openapi/redocly.yaml`. */
const rules = {
  struct: 'error',
  'no-unresolved-refs': 'error',
  'operation-operationId': 'error',
  'operation-operationId-unique': 'error',
  'operation-operationId-url-safe': 'error',
  'path-parameters-defined': 'error',
} as const;

/**
 * Reads the capture and applies the overlays in order.
 *
 * @param root - The folder that contains `openapi/`.
 * @throws InvalidSpecError if a file or the result is not valid.
 */
export async function readSpec(root: string): Promise<Spec> {
  for (const file of sources) await rejectForeign(root, file);
  // Our messages are clearer than the linter's, so the linter goes first only if the files cannot be merged.
  const spec = await mergeSources(root).catch(() => undefined);
  if (spec !== undefined) await rejectFindings(root, spec, unsupportedIn(objectOf(spec)));
  for (const file of sources) await lintFile(root, file);
  return requireValid(root, spec ?? (await mergeSources(root)), 'openapi.json');
}

/** The capture with the overlays applied. */
async function mergeSources(root: string): Promise<unknown> {
  const [capture, ...overlays] = sources;
  let spec = plainCopy((await sourceOf(root, capture)).document.toJS());
  for (const overlay of overlays) spec = await applyOverlay(root, overlay, spec);
  return spec;
}

/**
 * Applies another overlay to a copy of the spec.
 *
 * @param fileName - The file in `generated/` for the result.
 * @throws InvalidSpecError if the overlay or the result is not valid.
 */
export async function overlaid(root: string, spec: Spec, overlay: string, fileName: string): Promise<Spec> {
  await rejectForeign(root, overlay);
  await lintFile(root, overlay);
  return requireValid(root, await applyOverlay(root, overlay, plainCopy(spec)), fileName);
}

function lintConfig(): ReturnType<typeof createConfig> {
  return createConfig({ rules, telemetry: 'off' });
}

async function lintFile(root: string, file: string): Promise<void> {
  const config = await lintConfig();
  rejectProblems(root, await lint({ ref: join(root, file), config }).catch(unreadable(file)));
}

async function requireValid(root: string, spec: unknown, fileName: string): Promise<Spec> {
  if (!isSpec(spec)) throw new InvalidSpecError(`generated/${fileName}: is not an OpenAPI description.`);
  const source = JSON.stringify(spec, null, 2);
  const absoluteRef = join(root, 'generated', fileName);
  rejectProblems(root, await lintFromString({ source, absoluteRef, config: await lintConfig() }));
  return spec;
}

/** Rejects references to other files and URLs, which the linter would fetch. */
async function rejectForeign(root: string, file: string): Promise<void> {
  const { document, lineAt } = await sourceOf(root, file).catch(unreadable(file));
  // The linter reports invalid YAML, with its line.
  if (document.errors.length > 0) return;
  const lines = foreignMembers({ value: valueOf(document, file), pointer: '' }).map(
    (pointer) => `${file}:${String(lineAt(pointer))}: ${lastStep(pointer)}: ${foreign}`,
  );
  if (lines.length > 0) throw new InvalidSpecError(lines.join('\n'));
}

/** @throws InvalidSpecError if an alias is undefined or circular. */
function valueOf(document: YamlSource['document'], file: string): unknown {
  try {
    return plainCopy(document.toJS());
  } catch (cause) {
    return unreadable(file)(cause);
  }
}

async function sourceOf(root: string, file: string): Promise<YamlSource> {
  return parseSource(await readFile(join(root, file), 'utf8'));
}

/**
 * Rejects a spec that the suite could test only in part.
 *
 * @throws InvalidSpecError if there are findings, with the file, line, keyword and reason of each.
 */
export async function rejectFindings(root: string, spec: unknown, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  const placeOf = await sourcePlaces(root, sources, spec);
  const lines = findings.map(({ pointer, keyword, reason }) => `${placeOf(pointer)}: ${keyword}: ${reason}`);
  throw new InvalidSpecError(lines.join('\n'));
}

function unreadable(file: string): (cause: unknown) => never {
  return (cause) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidSpecError(`${file}: ${reason}`, { cause });
  };
}

function rejectProblems(root: string, problems: NormalizedProblem[]): void {
  const errors = problems.filter((problem) => problem.severity === 'error' && !problem.ignored);
  if (errors.length === 0) return;
  const lines = errors.map((problem) => {
    const [location] = problem.location;
    if (location === undefined) return problem.message;
    const { start } = getLineColLocation(location);
    return `${relative(root, location.source.absoluteRef)}:${String(start.line)}: ${problem.message}`;
  });
  throw new InvalidSpecError(lines.join('\n'));
}

/** An action without effect is an error: its target was removed or renamed. */
async function applyOverlay(root: string, file: string, capture: unknown): Promise<unknown> {
  const source = await sourceOf(root, file);
  const overlaySet: unknown = source.document.toJS();
  if (!isJsonObject(capture) || !isOverlay(overlaySet)) throw new InvalidSpecError(`${file}: has no list of actions.`);

  const applied: unknown = await openapiOverlay(capture, { overlaySet });
  const { data, resultData } = objectOf(applied);
  const unused = objectOf(resultData)['unusedActions'];
  const lines = overlaySet.actions.flatMap((action, index) => {
    if (!Array.isArray(unused) || !unused.includes(action)) return [];
    const line = source.lineAt(`/actions/${String(index)}`);
    return [`${file}:${String(line)}: the capture has no ${action.target}, so the action has no effect.`];
  });
  if (lines.length > 0) throw new InvalidSpecError(lines.join('\n'));

  return plainCopy(data);
}

interface Overlay extends Record<string, unknown> {
  actions: { target: string }[];
}

function isOverlay(value: unknown): value is Overlay {
  return (
    isJsonObject(value) &&
    Array.isArray(value['actions']) &&
    value['actions'].every((action) => isJsonObject(action) && typeof action['target'] === 'string')
  );
}

/** A YAML alias is one object in two places; the copy has two objects, which change independently. */
function plainCopy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
