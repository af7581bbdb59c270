import { listOf } from '../../src/openapi/index.js';
import { placeOf, type Rule } from './rules.js';

/** A rule in words, such as `inputs[].from.id must be a string`. */
export function titleOf(rule: Rule, whole: string): string {
  const place = placeWithin(rule, whole);
  return `${place === '' ? whole : place} ${rule.kind === 'constraint' ? constraintInWords(rule) : permissionInWords(rule)}`;
}

/** The place of a rule, such as `inputs[].from.id`; an item of the whole value has no name but that of the whole. */
export function placeWithin(rule: Rule, whole: string): string {
  const place = placeOf(rule);
  return place.startsWith('[') ? `${whole}${place}` : place;
}

function constraintInWords({ keyword, subject }: Rule): string {
  switch (keyword) {
    case 'type':
      return `must be ${listOf([subject].flat()).map(String).map(withArticle).join(' or ')}`;
    case 'required':
      return `must have ${String(subject)}`;
    case 'enum':
      return `must be one of ${listOf(subject).map(String).join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(subject)}`;
    case 'format':
      return `must have the format ${String(subject)}`;
    case 'additionalProperties':
      return 'must not have undocumented members';
    case 'uniqueItems':
      return 'must not have duplicate items';
    case 'anyOf':
    case 'oneOf':
    case 'not':
      return `must satisfy ${keyword}`;
    default:
      return `must satisfy ${keyword} ${String(subject)}`;
  }
}

function permissionInWords({ keyword, subject }: Rule): string {
  switch (keyword) {
    case 'type':
      return `may be any ${String(subject)}`;
    case 'enum':
      return `may be ${String(subject)}`;
    case 'format':
      return `may be at the edge of the format ${String(subject)}`;
    case 'properties':
      return `may lack ${String(subject)}`;
    case 'additionalProperties':
      return 'may have undocumented members';
    case 'anyOf':
    case 'oneOf':
      return `may be of any branch of ${keyword}`;
    default:
      return `may be at the edge of ${keyword} ${String(subject)}`;
  }
}

function withArticle(noun: string): string {
  return `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
