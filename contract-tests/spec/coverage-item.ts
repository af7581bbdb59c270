import type { JsonObject, Operation } from './document.js';
import { lineFinder } from './lines.js';
import { placeOf, type Rule } from './rules.js';
import { titleOf } from './rule-titles.js';

/** One thing of the spec that the suite has to exercise: a constraint, a status, an example. */
export interface CoverageItem {
  /** Stands for the coverage item in every run of the same spec: `operationId group pointer keyword`. */
  readonly id: string;
  readonly operationId: string;
  readonly group: 'request' | 'request constraint' | 'status' | 'example' | 'reply constraint';
  /** What people read, such as `inputs[].from.id has to be a string`. */
  readonly title: string;
  /** JSON pointer into generated/openapi.json. */
  readonly pointer: string;
  /** The line of generated/openapi.json on which that place begins. */
  readonly line: number;
  /** The keyword of the schema, where the coverage item is a constraint. */
  readonly keyword?: string | undefined;
  /** The value that it is about, such as `inputs[].from.id`, where it is one of a body. */
  readonly place?: string | undefined;
  /** The status of the reply, where the coverage item belongs to one. */
  readonly status?: string | undefined;
}

/** What a coverage item is about, besides its operation. */
interface Place {
  readonly group: CoverageItem['group'];
  readonly title: string;
  readonly pointer: string;
  readonly keyword?: string;
  readonly place?: string;
  readonly status?: string;
  /** Tells coverage items apart that stand at one place of the description. */
  readonly at?: string;
}

/** Makes the coverage items of one description. */
export interface ItemMaker {
  item(operation: Operation, place: Place): CoverageItem;
  /** The coverage item of a rule; `whole` is how a value without a place is called, such as `the body`. */
  ruleItem(operation: Operation, rule: Rule, whole: string, place: Pick<Place, 'group' | 'status'>): CoverageItem;
}

/** Coverage items know the line of `generated/openapi.json` on which their place begins. */
export function itemMaker(document: JsonObject): ItemMaker {
  const lineOf = lineFinder(document);
  const item: ItemMaker['item'] = ({ operationId }, { at, ...place }) => ({
    id: [operationId, place.group, place.status, place.pointer, place.keyword, at]
      .filter((part) => part !== undefined)
      .join(' '),
    operationId,
    ...place,
    line: lineOf(place.pointer),
  });
  return {
    item,
    ruleItem: (operation, rule, whole, place) =>
      item(operation, {
        ...place,
        title: titleOf(rule, whole),
        pointer: rule.pointer,
        keyword: rule.keyword,
        place: valueOf(rule, whole),
        at: [rule.kind, whole, placeOf(rule)].join(' '),
      }),
  };
}

/** The value that a rule is about: for a rule about a member the member, and not the object that has it. */
function valueOf(rule: Rule, whole: string): string {
  const member = rule.keyword === 'required' || rule.keyword === 'properties' ? [String(rule.subject)] : [];
  const steps = [placeOf(rule), ...member].filter((step) => step !== '');
  return steps.length === 0 ? whole.replace(/ \(.*\)$/, '') : steps.join('.');
}
