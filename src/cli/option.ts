import { ConfigurationError } from '../client/errors.js';
import { requireUrl } from '../client/options.js';

/** One option of a command: parsing, help, types and completion follow from it. */
export interface Option<T> {
  /** The name after the dashes. @defaultValue the key in the table, `batchSize` as `batch-size` */
  readonly flag?: string;
  /** The heading under which the help lists it. */
  readonly group: string;
  /** The placeholder of the value in the help, such as `N`. A switch has none. */
  readonly value?: string;
  /** One or two sentences, without the default. */
  readonly help: string;
  /** The default, as shown in the help. */
  readonly default?: string;
  /** Flags of options that cannot be combined with this one. */
  readonly excludes?: readonly string[];
  /** The possible values, for completion. */
  readonly complete?: 'file' | readonly string[];
  /** Whether it may be given several times. */
  readonly repeatable?: boolean;
  /**
   * Turns the given values, perhaps none, into the value for the command.
   *
   * @throws ConfigurationError that says what to write instead.
   */
  readonly read: (values: readonly string[], name: string) => T;
}

/** The options of a command, by the property that holds their value. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** The values of the options of a command. */
export type Values<O extends Options> = { readonly [K in keyof O]: ReturnType<O[K]['read']> };

/** The declarative part of an option. */
type Declaration = Omit<Option<unknown>, 'read' | 'repeatable'>;

/** Parses the value of an option, or throws a ConfigurationError that names the option. */
export type Parse<T> = (value: string, name: string) => T;

/** An option without a value. */
export function toggle(declaration: Omit<Declaration, 'value' | 'complete'>): Option<boolean> {
  return { ...declaration, read: (values) => values.length > 0 };
}

/** An option with one value. The last one given wins, so that scripts can have defaults. */
export function one<T>(declaration: Declaration & { readonly value: string }, parse: Parse<T>): Option<T | undefined> {
  return {
    ...declaration,
    read: (values, name) => {
      const value = values.at(-1);
      return value === undefined ? undefined : parse(value, name);
    },
  };
}

/** A required option. */
export function required<T>(
  declaration: Declaration & { readonly value: string },
  parse: Parse<T>,
  missing: string,
): Option<T> {
  return {
    ...declaration,
    read: (values, name) => {
      const value = values.at(-1);
      if (value === undefined) throw new ConfigurationError(name, missing);
      return parse(value, name);
    },
  };
}

/** An option that may be given several times. */
export function many<T>(declaration: Declaration & { readonly value: string }, parse: Parse<T>): Option<readonly T[]> {
  return { ...declaration, repeatable: true, read: (values, name) => values.map((value) => parse(value, name)) };
}

/** Parses any text that is not blank. */
export const text: Parse<string> = (value, name) => {
  if (value.trim() !== '') return value;
  throw new ConfigurationError(name, 'is empty. Give it a value, or leave the option out.');
};

/** Parses the URL of an API. */
export const url: Parse<string> = (value, name) => {
  requireUrl(name, value);
  return value;
};

/** Parses a whole number within limits, both included. */
export function wholeNumber(least: number, most: number): Parse<number> {
  return (value, name) => {
    if (/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
    throw new ConfigurationError(name, `give a whole number from ${String(least)} to ${String(most)}, not ${value}.`);
  };
}

/** The name of an option on the command line: `--batch-size` for the property `batchSize`. */
export function nameOf(key: string, { flag }: Pick<Option<unknown>, 'flag'>): string {
  return `--${flag ?? key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
