import { InputError } from '../client/errors.js';
import { isJsonObject, member } from '../client/json.js';
import { inputError, isAssociationInput, type AssociationInput } from '../client/validate.js';
import { rowError, type RowOptions } from './row.js';
import { createSharedTypes, frozen } from './shared-types.js';

/** Makes a function that parses an input, or returns why the text is not one. */
export function createInputReader({
  defaultTypes,
}: RowOptions): (text: string, line: number) => AssociationInput | InputError {
  const defaults = frozen(defaultTypes);
  const shared = createSharedTypes();
  return (text, line) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return rowError(line, '', 'is not JSON: each row must be one whole input.');
    }
    if (defaults.length > 0 && isJsonObject(value) && value['types'] === undefined) {
      value = { ...value, types: defaults };
    }
    if (!isAssociationInput(value)) return inputError(value, line) ?? rowError(line, '', 'is not an input.');
    value.types = shared.like(value.types);
    return value;
  };
}

/** The ids of the two records in a JSON input; `undefined` where there is none. */
export function idsIn(text: string): [fromId: string | undefined, toId: string | undefined] {
  try {
    const value: unknown = JSON.parse(text);
    return [idOf(member(value, 'from')), idOf(member(value, 'to'))];
  } catch {
    return [undefined, undefined];
  }
}

function idOf(record: unknown): string | undefined {
  const id = member(record, 'id');
  return typeof id === 'string' ? id : undefined;
}
