import type { ExitCode } from './exit-codes.js';
import type { Options, Values } from './option.js';
import { parseArguments } from './parse-arguments.js';

/** Describes a command for its help, parsing and completion. */
export interface Description<O extends Options = Options> {
  /** What follows the name, such as `FILE --from TYPE --to TYPE [options]`. */
  readonly usage: string;
  /** What the command does, in paragraphs. */
  readonly about: string;
  /** The positional arguments, in order. */
  readonly operands: readonly Operand[];
  readonly options: O;
  /** Commands to type, and what they do. */
  readonly examples: readonly { readonly command: string; readonly meaning: string }[];
  /** Further notes after the options, in paragraphs. */
  readonly notes?: string;
}

/** A positional argument. */
interface Operand {
  /** Such as `FILE`. */
  readonly name: string;
  /** The message if it is missing. Without a message, it is optional. */
  readonly missing?: string;
  /** The possible values, for completion. */
  readonly complete?: 'file' | readonly string[];
}

/** The surroundings of a command. */
interface Context {
  readonly environment: NodeJS.ProcessEnv;
  readonly commands: Commands;
}

/** What the work of a command receives besides its options. */
interface WorkContext extends Context {
  /** The arguments as given. */
  readonly args: readonly string[];
}

/** A command that can be run. */
export interface Command extends Description {
  readonly run: (args: readonly string[], context: Context) => Promise<ExitCode>;
}

/** Every command, by name. Each is loaded on demand. */
export type Commands = Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<Command> }>>;

/**
 * Defines a command by its table of options.
 *
 * @param work - Receives the values of the options and the operands.
 */
export function defineCommand<O extends Options>(
  description: Description<O>,
  work: (options: Values<O>, operands: readonly string[], context: WorkContext) => Promise<ExitCode>,
): Command {
  return {
    ...description,
    run: async (args, context) => {
      const { options, operands } = parseArguments(description, args);
      return work(options, operands, { ...context, args });
    },
  };
}
