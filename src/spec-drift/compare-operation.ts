import { type Capture, captureFile, provenanceFile } from './capture.js';
import type { Difference, Observed } from './difference.js';
import type { PageFacts, Stated } from './page/facts.js';

type Differ = (observed: Observed) => Difference;

/** What a page says of an operation, apart from its parameters and members. */
export function compareOperation(capture: Capture, page: PageFacts, differ: Differ): Difference[] {
  const at = (...path: (string | number)[]): { line: number } => ({ line: capture.lineOf(captureFile, path) });
  const operation = ['paths', capture.path, capture.method] as const;
  const found: Difference[] = [];

  const path = other(page.paths, (value) => samePath(value, capture.path) || value === capture.elsewhere.path);
  if (path !== undefined) {
    found.push(
      differ({
        ruleId: 'path-changed',
        direction: 'request',
        pointer: 'path',
        message: `path: ${capture.path} becomes ${path.value}${butElsewhere(page.paths, capture.path)}`,
        old: capture.path,
        new: path.value,
        page: { line: path.line, part: 'heading' },
        spec: at('paths', capture.path),
        edits: [{ kind: 'path', to: path.value, elsewhere: former(page.paths, capture.path) }],
      }),
    );
  }

  const method = other(
    page.methods,
    (value) => value.toLowerCase() === capture.method || value === capture.elsewhere.method,
  );
  if (method !== undefined) {
    const own = capture.method.toUpperCase();
    found.push(
      differ({
        ruleId: 'method-changed',
        direction: 'request',
        pointer: 'method',
        message: `method: ${own} becomes ${method.value}${butElsewhere(page.methods, own)}`,
        old: own,
        new: method.value,
        page: { line: method.line, part: 'heading' },
        spec: at(...operation),
        edits: [{ kind: 'method', to: method.value.toLowerCase(), elsewhere: former(page.methods, own) }],
      }),
    );
  }

  if (page.server !== undefined && page.server.value !== capture.server) {
    found.push(
      differ({
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
  const mediaType = other(
    page.mediaTypes,
    (value) => value.toLowerCase() === capture.mediaType || value === capture.elsewhere.mediaType,
  );
  if (mediaType !== undefined) {
    const elsewhere = butElsewhere(page.mediaTypes, capture.mediaType);
    found.push(
      differ({
        ruleId: 'media-type-changed',
        direction: 'request',
        pointer: 'requestBody',
        message: `media type of the request: ${capture.mediaType} becomes ${mediaType.value}${elsewhere}`,
        old: capture.mediaType,
        new: mediaType.value,
        page: { line: mediaType.line, part: 'body' },
        spec: at(...operation, 'requestBody', 'content', capture.mediaType),
        edits: [{ kind: 'media-type', to: mediaType.value, elsewhere: former(page.mediaTypes, capture.mediaType) }],
      }),
    );
  }
  if (page.scheme !== undefined && page.scheme.value !== capture.scheme) {
    found.push(
      differ({
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
      differ({
        ruleId: 'success-status-moved',
        direction: 'reply',
        pointer: `responses/${capture.status}`,
        message: `status of success: ${capture.status} becomes ${page.status.value}`,
        old: capture.status,
        new: page.status.value,
        page: { line: page.status.line, part: 'reply' },
        spec: at(...operation, 'responses', capture.status),
        edits: [{ kind: 'status', to: page.status.value }],
      }),
    );
  }
  return [...found, ...compareProducts(capture, page, differ), ...compareDate(capture, page, differ)];
}

function compareProducts(capture: Capture, { products }: PageFacts, differ: Differ): Difference[] {
  if (products === undefined) return [];
  const line = capture.lineOf(captureFile, ['x-hubspot-product-tier-requirements']);
  return [...new Set([...capture.products.keys(), ...products.keys()])].flatMap((name) => {
    const old = capture.products.get(name);
    const now = products.get(name);
    if (old === now?.value) return [];
    return differ({
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

function compareDate(capture: Capture, { modified }: PageFacts, differ: Differ): Difference[] {
  if (modified === undefined || modified.value === capture.modified) return [];
  return [
    differ({
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

/** The same path, whatever its parameters are called: they are compared by themselves. */
export function samePath(one: string, other_: string): boolean {
  return unnamed(one) === unnamed(other_);
}

function unnamed(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}');
}

/** The first statement that differs. */
function other(stated: readonly Stated<string>[], agrees: (value: string) => boolean): Stated<string> | undefined {
  return stated.find(({ value }) => !agrees(value));
}

/** What the spec says, where the page still says it in another place. */
function former(stated: readonly Stated<string>[], spec: string): string | undefined {
  return stated.find(({ value }) => value === spec)?.value;
}

function butElsewhere(stated: readonly Stated<string>[], spec: string): string {
  const same = stated.find(({ value }) => value === spec);
  return same === undefined ? '' : ` (line ${String(same.line)} of the page still has the former)`;
}
