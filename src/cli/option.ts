import { ConfigurationError } from '../client/errors.js';
import { requireUrl } from '../client/options.js';

/** One option of a command: parsing, help, types and completion follow from it. */
export interface Option<T> {
  /** The name behind the dashes. @defaultValue the key in the table, `batchSize` as `batch-size` */
  readonly flag?: string;
  /** The heading under which the help lists it. */
  readonly group: string;
  /** What stands for the value in the help, such as `N`. A switch has none. */
  readonly value?: string;
  /** One sentence or two, without what holds by default. */
  readonly help: string;
  /** What holds without the option, as people read it. */
  readonly default?: string;
  /** Flags of options that have no meaning together with this one. */
  readonly excludes?: readonly string[];
  /** What can stand for the value, for completion. */
  readonly complete?: 'file' | readonly string[];
  /** Whether it may be given several times. */
  readonly repeatable?: boolean;
  /**
   * Makes of the values that were given, which may be none, what the command gets.
   *
   * @throws ConfigurationError saying what to write instead.
   */
  readonly read: (values: readonly string[], name: string) => T;
}

/** The options of a command, by the name of the property that holds what was given. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** The values of the options of a command. */
export type Values<O extends Options> = { readonly [K in keyof O]: ReturnType<O[K]['read']> };

/** How an option is written: all of it but the reading. */
type Written = Omit<Option<unknown>, 'read' | 'repeatable'>;

/** Makes of a text what an option stands for, or throws a ConfigurationError that names the option. */
export type Parse<T> = (value: string, name: string) => T;

/** An option without a value. */
export function toggle(written: Omit<Written, 'value' | 'complete'>): Option<boolean> {
  return { ...written, read: (values) => values.length > 0 };
}

/** An option with one value: the last one that is given, so that a script can have defaults. */
export function one<T>(written: Written & { readonly value: string }, parse: Parse<T>): Option<T | undefined> {
  return {
    ...written,
    read: (values, name) => {
      const value = values.at(-1);
      return value === undefined ? undefined : parse(value, name);
    },
  };
}

/** An option that has to be given. */
export function required<T>(
  written: Written & { readonly value: string },
  parse: Parse<T>,
  missing: string,
): Option<T> {
  return {
    ...written,
    read: (values, name) => {
      const value = values.at(-1);
      if (value === undefined) throw new ConfigurationError(name, missing);
      return parse(value, name);
    },
  };
}

/** An option that may be given several times. */
export function many<T>(written: Written & { readonly value: string }, parse: Parse<T>): Option<readonly T[]> {
  return { ...written, repeatable: true, read: (values, name) => values.map((value) => parse(value, name)) };
}

/** Any text that is not blank. */
export const text: Parse<string> = (value, name) => {
  if (value.trim() !== '') return value;
  throw new ConfigurationError(name, 'is empty. Give it a value, or leave the option out.');
};

/** Where an API is. */
export const url: Parse<string> = (value, name) => {
  requireUrl(name, value);
  return value;
};

/** A whole number within limits, both included. */
export function wholeNumber(least: number, most: number): Parse<number> {
  return (value, name) => {
    if (/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
    throw new ConfigurationError(name, `give a whole number from ${String(least)} to ${String(most)}, not ${value}.`);
  };
}

/** The name of an option as it is written: `--batch-size` for the property `batchSize`. */
export function nameOf(key: string, { flag }: Pick<Option<unknown>, 'flag'>): string {
  return `--${flag ?? key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
