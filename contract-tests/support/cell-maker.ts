import type { Cell } from '../report/model.js';
import type { JsonObject, Operation } from './document.js';
import { lineFinder } from './lines.js';
import { placeOf, type Rule } from './rules.js';
import { titleOf } from './rule-titles.js';

/** What a cell is about, besides its operation. */
interface Place {
  readonly group: Cell['group'];
  readonly title: string;
  readonly pointer: string;
  readonly keyword?: string;
  readonly place?: string;
  readonly status?: string;
  /** Tells cells apart that stand at one place of the description. */
  readonly at?: string;
}

/** Makes the cells of one description. */
export interface CellMaker {
  cell(operation: Operation, place: Place): Cell;
  /** The cell of a rule; `whole` is how a value without a place is called, such as `the body`. */
  ruleCell(operation: Operation, rule: Rule, whole: string, place: Pick<Place, 'group' | 'status'>): Cell;
}

/** Cells know the line of `generated/openapi.json` on which their place begins. */
export function cellMaker(document: JsonObject): CellMaker {
  const lineOf = lineFinder(document);
  const cell: CellMaker['cell'] = ({ operationId }, { at, ...place }) => ({
    id: [operationId, place.group, place.status, place.pointer, place.keyword, at]
      .filter((part) => part !== undefined)
      .join(' '),
    operationId,
    ...place,
    line: lineOf(place.pointer),
  });
  return {
    cell,
    ruleCell: (operation, rule, whole, place) =>
      cell(operation, {
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
