import { type Capture, captureFile, provenanceFile } from './capture.js';
import type { Difference, DifferenceDetails } from './difference.js';
import type { PageFacts, Stated } from '../page/facts.js';

type CreateDifference = (details: DifferenceDetails) => Difference;

/** Compares everything about an operation except its parameters and members. */
export function compareOperation(capture: Capture, page: PageFacts, createDifference: CreateDifference): Difference[] {
  const at = (...path: (string | number)[]): { line: number } => ({ line: capture.lineOf(captureFile, path) });
  const operation = ['paths', capture.path, capture.method] as const;
  const found: Difference[] = [];

  const path = firstDiffering(page.paths, (value) => samePath(value, capture.path) || value === capture.elsewhere.path);
  if (path !== undefined) {
    found.push(
      createDifference({
        ruleId: 'path-changed',
        direction: 'request',
        pointer: 'path',
        message: `path: ${capture.path} becomes ${path.value}${noteOnElsewhere(page.paths, capture.path)}`,
        old: capture.path,
        new: path.value,
        page: { line: path.line, part: 'heading' },
        spec: at('paths', capture.path),
        edits: [{ kind: 'path', to: path.value, elsewhere: statedElsewhere(page.paths, capture.path) }],
      }),
    );
  }

  const method = firstDiffering(
    page.methods,
    (value) => value.toLowerCase() === capture.method || value === capture.elsewhere.method,
  );
  if (method !== undefined) {
    const own = capture.method.toUpperCase();
    found.push(
      createDifference({
        ruleId: 'method-changed',
        direction: 'request',
        pointer: 'method',
        message: `method: ${own} becomes ${method.value}${noteOnElsewhere(page.methods, own)}`,
        old: own,
        new: method.value,
        page: { line: method.line, part: 'heading' },
        spec: at(...operation),
        edits: [{ kind: 'method', to: method.value.toLowerCase(), elsewhere: statedElsewhere(page.methods, own) }],
      }),
    );
  }

  if (page.server !== undefined && page.server.value !== capture.server) {
    found.push(
      createDifference({
        ruleId: 'server-changed',
        direction: 'request',
        pointer: 'server',
        message: `server: ${capture.server} becomes ${page.server.value}`,
        old: capture.server,
        new: page.server.value,
        page: { line: page.server.line, part: 'request sample' },
        spec: at('servers', 0, 'url'),
        edits: [{ kind: 'server', to: page.server.value }],
      }),
    );
  }
  const mediaType = firstDiffering(
    page.mediaTypes,
    (value) => value.toLowerCase() === capture.mediaType || value === capture.elsewhere.mediaType,
  );
  if (mediaType !== undefined) {
    const elsewhere = noteOnElsewhere(page.mediaTypes, capture.mediaType);
    found.push(
      createDifference({
        ruleId: 'media-type-changed',
        direction: 'request',
        pointer: 'requestBody',
        message: `media type of the request: ${capture.mediaType} becomes ${mediaType.value}${elsewhere}`,
        old: capture.mediaType,
        new: mediaType.value,
        page: { line: mediaType.line, part: 'body' },
        spec: at(...operation, 'requestBody', 'content', capture.mediaType),
        edits: [
          { kind: 'media-type', to: mediaType.value, elsewhere: statedElsewhere(page.mediaTypes, capture.mediaType) },
        ],
      }),
    );
  }
  if (page.scheme !== undefined && page.scheme.value !== capture.scheme) {
    found.push(
      createDifference({
        ruleId: 'authorization-changed',
        direction: 'request',
        pointer: 'security',
        message: `authorization: ${capture.scheme} becomes ${page.scheme.value}`,
        old: capture.scheme,
        new: page.scheme.value,
        page: { line: page.scheme.line, part: 'authorization' },
        spec: at('components', 'securitySchemes'),
        edits: [{ kind: 'scheme', to: page.scheme.value }],
      }),
    );
  }
  if (page.status?.value.startsWith('2') === true && !capture.statuses.includes(page.status.value)) {
    found.push(
      createDifference({
        ruleId: 'success-status-moved',
        direction: 'reply',
        pointer: `responses/${capture.status}`,
        message: `success status: ${capture.status} becomes ${page.status.value}`,
        old: capture.status,
        new: page.status.value,
        page: { line: page.status.line, part: 'reply' },
        spec: at(...operation, 'responses', capture.status),
        edits: [{ kind: 'status', to: page.status.value }],
      }),
    );
  }
  return [
    ...found,
    ...compareProducts(capture, page, createDifference),
    ...compareDate(capture, page, createDifference),
  ];
}

function compareProducts(capture: Capture, { products }: PageFacts, createDifference: CreateDifference): Difference[] {
  if (products === undefined) return [];
  const line = capture.lineOf(captureFile, ['x-hubspot-product-tier-requirements']);
  return [...new Set([...capture.products.keys(), ...products.keys()])].flatMap((name) => {
    const old = capture.products.get(name);
    const now = products.get(name);
    if (old === now?.value) return [];
    return createDifference({
      ruleId: 'products-changed',
      direction: 'operation',
      pointer: `products ${name}`,
      message: `product ${name}: ${old ?? 'not listed'} becomes ${now?.value ?? 'not listed'}`,
      ...(old === undefined ? {} : { old }),
      ...(now === undefined ? {} : { new: now.value }),
      page: { line: now?.line ?? [...products.values()][0]?.line ?? 1, part: 'products' },
      spec: {
        line: old === undefined ? line : capture.lineOf(captureFile, ['x-hubspot-product-tier-requirements', name]),
      },
      edits: [{ kind: 'product', name, to: now?.value }],
    });
  });
}

function compareDate(capture: Capture, { modified }: PageFacts, createDifference: CreateDifference): Difference[] {
  if (modified === undefined || modified.value === capture.modified) return [];
  return [
    createDifference({
      ruleId: 'page-modified',
      direction: 'operation',
      pointer: 'page',
      message: `last modified: ${capture.modified} becomes ${modified.value}`,
      old: capture.modified,
      new: modified.value,
      page: { line: modified.line, part: 'last-modified date' },
      spec: { line: capture.lineOf(provenanceFile, ['page', 'modified']), file: provenanceFile },
      edits: [{ kind: 'modified', to: modified.value }],
    }),
  ];
}

/** Whether two paths are equal apart from parameter names, which are compared separately. */
export function samePath(one: string, other: string): boolean {
  return withoutNames(one) === withoutNames(other);
}

function withoutNames(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}');
}

/** The first statement that differs from the spec. */
function firstDiffering(
  stated: readonly Stated<string>[],
  agrees: (value: string) => boolean,
): Stated<string> | undefined {
  return stated.find(({ value }) => !agrees(value));
}

/** The value in the spec, if the page also states it in another place. */
function statedElsewhere(stated: readonly Stated<string>[], spec: string): string | undefined {
  return stated.find(({ value }) => value === spec)?.value;
}

function noteOnElsewhere(stated: readonly Stated<string>[], spec: string): string {
  const same = stated.find(({ value }) => value === spec);
  return same === undefined ? '' : ` (line ${String(same.line)} of the page still has the old one)`;
}
