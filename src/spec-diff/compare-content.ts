import { here, type Change } from './change.js';
import type { Context } from './context.js';
import { child, type Node } from '../openapi/index.js';
import { matchMediaTypes, mediaTypesOf, partOf } from './media-types.js';

/** Changes of the media types of a body and of what each holds. */
export function compareContent(context: Context, part: string, old: Node, changed: Node): Change[] {
  const { direction } = context;
  const { shared, removed, added } = matchMediaTypes(mediaTypesOf(old), mediaTypesOf(changed));
  const schemas = (node: Node): Node[] => [child(node, 'schema')].filter((schema) => schema !== undefined);
  return [
    ...removed.map(([name, at]): Change => {
      const found = here({ ruleId: 'media-type-removed', old: name, oldAt: at, newAt: changed });
      return { ...found, direction, part };
    }),
    ...added.map(([name, at]): Change => {
      const found = here({ ruleId: 'media-type-added', new: name, oldAt: old, newAt: at });
      return { ...found, direction, part };
    }),
    ...shared.flatMap(({ name, old: before, new: after }) =>
      context
        .compare({ schemas: schemas(before), at: before }, { schemas: schemas(after), at: after })
        .map((change): Change => ({ ...change, direction, part: partOf(part, name) })),
    ),
  ];
}
