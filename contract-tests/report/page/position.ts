import { stepsOf } from '../../spec/document.js';
import type { CoverageItem } from '../../spec/coverage-item.js';

/** Where a coverage item stands in the matrix of its operation. */
export interface Position {
  /** `Request`, or the reply it belongs to. */
  readonly section: string;
  /** The value, or else the part of the spec. */
  readonly row: string;
  /** The keyword of the constraint, or what else is exercised. */
  readonly column: string;
}

/** Says in which section, row and column of the matrix a coverage item is shown. */
export function positionOf(item: CoverageItem): Position {
  return { section: sectionOf(item), row: item.place ?? rowOf(item), column: columnOf(item) };
}

function sectionOf({ group, status }: CoverageItem): string {
  if (status !== undefined) return `Reply ${status}`;
  return group === 'request' || group === 'request constraint' || group === 'example' ? 'Request' : 'Replies';
}

/** What a keyword is called where its name alone would not tell. */
const columnNames: Readonly<Record<string, string>> = {
  properties: 'optional',
  additionalProperties: 'more members',
  content: 'media type',
};

function columnOf({ group, keyword }: CoverageItem): string {
  if (keyword !== undefined) return columnNames[keyword] ?? keyword.replace(/^x-/, '');
  return {
    request: 'any',
    status: 'any',
    example: 'example',
    'request constraint': 'other',
    'reply constraint': 'other',
  }[group];
}

/** The part of the spec that a keyword constrains; the pointer of a coverage item may end with the keyword. */
function rowOf({ pointer, keyword }: CoverageItem): string {
  const steps = stepsOf(pointer);
  const last = keyword === undefined ? -1 : steps.lastIndexOf(keyword);
  const end = last >= steps.length - 2 && last > 0 ? last : steps.length;
  return nameOf(steps.slice(0, end));
}

/** A pointer as people say it: `AssociationSpec.associationTypeId`, `parameter fromObjectType`. */
function nameOf([first = '', second = '', third = '', ...rest]: string[]): string {
  if (first === 'components' && second === 'schemas') return `${third}${memberPath(rest)}`;
  if (first === 'components' && second === 'securitySchemes') return `security: ${third}`;
  if (first === 'components') return `${singular(second)} ${third}${memberPath(rest)}`;
  if (first === 'paths') return nameInOperation(rest);
  return [first, second, third, ...rest].filter((step) => step !== '').join(' ');
}

function nameInOperation([first = '', second = '', third = '', fourth = '', ...rest]: string[]): string {
  if (first === '') return 'the request';
  if (first === 'requestBody' && second === 'content') return `body ${third}${inMediaType([fourth, ...rest])}`;
  if (first === 'requestBody') return 'body';
  if (first === 'responses' && third === 'content') return `${fourth}${inMediaType(rest)}`;
  if (first === 'responses' && third === 'headers') return `header ${fourth}${memberPath(rest)}`;
  if (first === 'responses') return 'the reply';
  return [singular(first), second, third, fourth, ...rest].filter((step) => step !== '').join(' ');
}

function inMediaType([kind = '', ...rest]: string[]): string {
  if (kind === 'examples') return '';
  return kind === 'schema' ? memberPath(rest) : '';
}

function singular(plural: string): string {
  return plural.replace(/s$/, '');
}

/** The steps below a schema, as one writes the path to a value. */
function memberPath(steps: readonly string[]): string {
  const [kind, name, ...rest] = steps;
  if (kind === undefined) return '';
  if (kind === 'properties' && name !== undefined) return `.${name}${memberPath(rest)}`;
  const others = steps.slice(1);
  if (kind === 'items') return `[]${memberPath(others)}`;
  if (kind === 'additionalProperties') return `.*${memberPath(others)}`;
  return kind === 'schema' ? memberPath(others) : ` ${kind}${memberPath(others)}`;
}
