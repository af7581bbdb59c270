import { isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';

/** A value in a JSON sample. The elements of an array are merged into one. */
export interface SampleNode {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' | 'unknown';
  /** The line on the page; for a member, the line of its name. */
  readonly line: number;
  /** For a string, number or boolean. */
  readonly value?: unknown;
  readonly members?: ReadonlyMap<string, SampleNode>;
  readonly items?: SampleNode;
}

/**
 * Reads JSON with a YAML parser, which also returns the complete part of truncated JSON. YAML's flow style
 * is a superset of JSON.
 */
export function readSample(text: string, lineAt: (offset: number) => number): { root: SampleNode; valid: boolean } {
  const document = parseDocument(text, { uniqueKeys: false, schema: 'json', logLevel: 'silent' });
  return { root: sampleNode(document.contents, lineAt), valid: document.errors.length === 0 };
}

function sampleNode(node: unknown, lineAt: (offset: number) => number): SampleNode {
  const line = lineAt(isNode(node) ? (node.range?.[0] ?? 0) : 0);
  if (isMap(node)) {
    const members = node.items.flatMap(({ key, value }): [string, SampleNode][] => {
      if (!isScalar(key) || typeof key.value !== 'string') return [];
      return [[key.value, { ...sampleNode(value, lineAt), line: lineAt(key.range?.[0] ?? 0) }]];
    });
    return { kind: 'object', line, members: new Map(members) };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => sampleNode(item, lineAt));
    return items.length === 0 ? { kind: 'array', line } : { kind: 'array', line, items: items.reduce(merged) };
  }
  if (!isScalar(node)) return { kind: 'unknown', line };
  const { value } = node;
  if (value === '<unknown>' || value === '<any>') return { kind: 'unknown', line };
  if (typeof value === 'string') return { kind: 'string', line, value };
  if (typeof value === 'number' || typeof value === 'bigint') return { kind: 'number', line, value };
  if (typeof value === 'boolean') return { kind: 'boolean', line, value };
  return { kind: value === null && node.source === 'null' ? 'null' : 'unknown', line };
}

function merged(first: SampleNode, second: SampleNode): SampleNode {
  if (first.members === undefined || second.members === undefined) return first;
  return { ...first, members: new Map([...second.members, ...first.members]) };
}
