import { listOf } from '../../src/openapi/index.js';
import { placeOf, type Rule } from './rules.js';

/** What a rule says, in words, such as `inputs[].from.id has to be a string`. */
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
      return `has to be ${listOf([subject].flat()).map(String).map(withArticle).join(' or ')}`;
    case 'required':
      return `has to have ${String(subject)}`;
    case 'enum':
      return `has to be one of ${listOf(subject).map(String).join(', ')}`;
    case 'const':
      return `has to be ${JSON.stringify(subject)}`;
    case 'format':
      return `has to have the format ${String(subject)}`;
    case 'additionalProperties':
      return 'has to have no undocumented member';
    case 'uniqueItems':
      return 'has to hold no item twice';
    case 'anyOf':
    case 'oneOf':
    case 'not':
      return `has to satisfy ${keyword}`;
    default:
      return `has to satisfy ${keyword} ${String(subject)}`;
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
