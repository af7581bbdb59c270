import type { Description, Node } from '../openapi/index.js';
import { shapeOf, type Shape } from './schema-shape.js';

/** A schema in a few words without names of components: `string`, `integer int32`, `object[]`, `string | null`. */
export function summaryOf(description: Description, schemas: readonly Node[]): string {
  return summaryOfShape(description, shapeOf(description, schemas, description.root));
}

export function summaryOfShape(description: Description, shape: Shape, depth = 0): string {
  const format = shape.keywords.get('format')?.value;
  const nameOf = (type: string): string => {
    if (type !== 'array' || shape.items === undefined) return type;
    // An array may contain itself.
    if (depth > 3) return 'array';
    const items = summaryOfShape(description, shapeOf(description, shape.items, shape.at), depth + 1);
    return items.includes(' ') ? `(${items})[]` : `${items}[]`;
  };
  const types = shape.types?.map(nameOf) ?? [shape.unions.length > 0 ? 'one of several' : 'any'];
  const text = [...types, ...(shape.nullable ? ['null'] : [])].join(' | ');
  return typeof format === 'string' ? `${text} ${format}` : text;
}
