import { parseArgs } from 'node:util';
import { ConfigurationError } from '../client/errors.js';
import { nearest } from '../client/nearest.js';
import type { Description } from './command.js';
import { nameOf, type Option, type Options, type Values } from './option.js';

/**
 * Parses the arguments of a command according to its table of options.
 *
 * @throws ConfigurationError naming the invalid argument and what to write instead.
 */
export function parseArguments<O extends Options>(
  description: Description<O>,
  args: readonly string[],
): { readonly options: Values<O>; readonly operands: readonly string[] } {
  const given = split(description.options, args);
  rejectExclusions(description.options, given);
  const operands = operandsOf(description, given.operands);
  return { options: valuesOf(description.options, given), operands };
}

/** The arguments as given, before they are checked. */
interface GivenArguments {
  /** The values of each option, by its property. A switch has empty values. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
}

/** Splits the arguments with Node's parser, but not strictly, since its messages do not help users. */
function split(options: Options, args: readonly string[]): GivenArguments {
  const keys = new Map(Object.entries(options).map(([key, option]) => [nameOf(key, option), key]));
  const kinds = [...keys].map(([name, key]) => {
    const type = options[key]?.value === undefined ? ('boolean' as const) : ('string' as const);
    return [name.slice(2), { type }] as const;
  });
  const { tokens } = parseArgs({
    ...{ args: [...args], options: Object.fromEntries(kinds), strict: false, tokens: true, allowPositionals: true },
  });
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { rawName: name, value, inlineValue } = token;
    const key = keys.get(name);
    const option = key === undefined ? undefined : options[key];
    if (key === undefined || option === undefined) throw unknownOption(name, [...keys.keys()]);
    values.set(key, [...(values.get(key) ?? []), checkedValue(name, option, value, inlineValue === true)]);
  }
  return { values, operands: tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : [])) };
}

function checkedValue(name: string, option: Option<unknown>, value: string | undefined, isInline: boolean): string {
  if (option.value === undefined) {
    if (value === undefined) return '';
    throw new ConfigurationError(name, `takes no value. Write ${name} alone.`);
  }
  // The parser may have taken the next option for the value.
  const isMissing = value === undefined || (!isInline && /^-./.test(value));
  if (!isMissing) return value;
  const written = value === undefined ? '' : ` A value that begins with a dash is written ${name}=${value}.`;
  throw new ConfigurationError(name, `needs a value: ${name} ${option.value}.${written}`);
}

function unknownOption(name: string, known: readonly string[]): ConfigurationError {
  const meant = nearest(name, known);
  const advice = meant === undefined ? `The options are ${known.join(', ')}.` : `Did you mean ${meant}?`;
  return new ConfigurationError(name, `there is no such option. ${advice}`);
}

function rejectExclusions(options: Options, { values }: GivenArguments): void {
  const names = new Set([...values.keys()].map((key) => nameOf(key, options[key] ?? {})));
  for (const key of values.keys()) {
    const other = options[key]?.excludes?.find((flag) => names.has(`--${flag}`));
    if (other === undefined) continue;
    const name = nameOf(key, options[key] ?? {});
    throw new ConfigurationError(name, `cannot be combined with --${other}. Leave one of them out.`);
  }
}

function operandsOf(description: Description, operands: readonly string[]): readonly string[] {
  const { operands: known } = description;
  const surplus = operands.slice(known.length);
  if (surplus.length > 0) {
    const names = known.map(({ name }) => name);
    const most =
      names.length === 1 ? `name one ${names.join().toLowerCase()}` : `takes ${names.join(' and ') || 'none'}`;
    const message = `${most}, not also ${surplus.join(' ')}. A name with spaces is put in quotes.`;
    throw new ConfigurationError(names.at(-1) ?? 'arguments', message);
  }
  const missing = known.find((operand, at) => operand.missing !== undefined && (operands[at] ?? '').trim() === '');
  if (missing?.missing !== undefined) throw new ConfigurationError(missing.name, missing.missing);
  return operands;
}

function valuesOf<O extends Options>(options: O, given: GivenArguments): Values<O>;
function valuesOf(options: Options, { values }: GivenArguments): Readonly<Record<string, unknown>> {
  const read = Object.entries(options).map(([key, option]): [string, unknown] => {
    return [key, option.read(values.get(key) ?? [], nameOf(key, option))];
  });
  return Object.fromEntries(read);
}
