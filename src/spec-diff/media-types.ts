import { child, children, type Node } from '../openapi/index.js';

/** What is the same body in two descriptions. */
export interface MediaTypes {
  /** Media types of both, the pattern that covers a media type standing for it. */
  readonly shared: readonly { readonly name: string; readonly old: Node; readonly new: Node }[];
  readonly removed: readonly (readonly [string, Node])[];
  readonly added: readonly (readonly [string, Node])[];
}

/** The media types of a request body, a response, a parameter or a header, without their parameters. */
export function mediaTypesOf(holder: Node): [string, Node][] {
  return children(child(holder, 'content')).map(([name, node]) => [
    (name.split(';')[0] ?? name).trim().toLowerCase(),
    node,
  ]);
}

/** The schema of a parameter or a header, which may stand in its content. */
export function schemasOf(parameter: Node): Node[] {
  const [content] = mediaTypesOf(parameter).map(([, node]) => node);
  return [child(content ?? parameter, 'schema')].filter((schema) => schema !== undefined);
}

/** The media types of a body, for people. */
export function contentText(holder: Node): string {
  return mediaTypesOf(holder)
    .map(([name]) => name)
    .sort()
    .join(', ');
}

export function matchMediaTypes(old: readonly [string, Node][], changed: readonly [string, Node][]): MediaTypes {
  const left = [...changed];
  const removed: [string, Node][] = [];
  const shared = old.flatMap(([name, node]) => {
    const exact = left.findIndex(([other]) => other === name);
    const index = exact >= 0 ? exact : left.findIndex(([other]) => covers(other, name) || covers(name, other));
    const [match] = index < 0 ? [] : left.splice(index, 1);
    if (match !== undefined) return [{ name: isPattern(name) ? match[0] : name, old: node, new: match[1] }];
    removed.push([name, node]);
    return [];
  });
  return { shared, removed, added: left };
}

/** JSON is what this client speaks, so it goes without saying. */
export function partOf(part: string, mediaType: string): string {
  return /[/+]json$|^\*\/\*$/.test(mediaType) ? part : `${part} ${mediaType}`;
}

function covers(pattern: string, name: string): boolean {
  return pattern === '*/*' || (pattern.endsWith('/*') && name.startsWith(pattern.slice(0, -1)));
}

function isPattern(name: string): boolean {
  return name.endsWith('/*');
}
