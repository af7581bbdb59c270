import { at, isJsonObject, listOf, objectOf, type JsonObject } from '../../src/openapi/index.js';

/** A limit, an allowance or a status that an action adds to the spec. */
interface Figure {
  readonly value: string;
  readonly pointer: string;
}

/** A problem in an overlay, with its place. */
export interface OverlayProblem {
  readonly pointer: string;
  readonly text: string;
}

/**
 * Finds the figures of an overlay that differ from `x-figures`, which copies them from the evidence of an
 * action. Whoever changes one must look at the evidence and change the other.
 */
export function unstatedFigures(overlay: JsonObject): OverlayProblem[] {
  return listOf(overlay['actions']).flatMap((action, index) => unstatedIn(objectOf(action), at('/actions', index)));
}

function unstatedIn(action: JsonObject, pointer: string): OverlayProblem[] {
  const update = at(pointer, 'update');
  const figures = String(action['target']).endsWith('.examples') ? [] : figuresIn(action['update'], update);
  const stated = listOf(action['x-figures']).map(String);
  const index = Array.from({ length: Math.max(figures.length, stated.length) }).findIndex(
    (_, position) => figures[position]?.value !== stated[position],
  );
  if (index < 0) return [];
  const [figure, before] = [figures[index], stated[index]];
  const otherwise = 'Correct it or, if the evidence confirms it, update x-figures of this action';
  if (figure === undefined || (before !== undefined && figures.length < stated.length)) {
    return [{ pointer: update, text: `The figure ${String(before)} is gone. ${otherwise}.` }];
  }
  const name = figure.pointer.slice(update.length + 1).replaceAll('/', '.');
  const isReplaced = before !== undefined && figures.length === stated.length;
  const isName = name.split('.').at(-1) === figure.value;
  const change = isReplaced
    ? `${isName ? before : name} is ${figure.value} now${isName ? '' : `; it was ${before}`}`
    : `${name} is new${isName ? '' : `: ${figure.value}`}`;
  return [{ pointer: figure.pointer, text: `${change}. ${otherwise}.` }];
}

/** Tables of ids, which are not repeated in x-figures: a review shows a changed row clearly enough. */
const tables = ['x-hubspot-object-types', 'x-hubspot-association-types'];

/** The figures of a node, except those of examples, which are our own. */
function figuresIn(node: unknown, pointer: string): Figure[] {
  if (typeof node === 'number') return [{ value: String(node), pointer }];
  if (typeof node === 'string') return /^\d+(?:-\d+)?$/.test(node) ? [{ value: node, pointer }] : [];
  if (Array.isArray(node)) return node.flatMap((item, index) => figuresIn(item, at(pointer, index)));
  if (!isJsonObject(node)) return [];
  return Object.entries(node).flatMap(([name, value]) => [
    ...(/^[1-5]\d\d$/.test(name) ? [{ value: name, pointer: at(pointer, name) }] : []),
    ...(name === 'examples' || tables.includes(name) ? [] : figuresIn(value, at(pointer, name))),
  ]);
}
