import type { ExitCode } from './exit-codes.js';
import type { Options, Values } from './option.js';
import { parseArguments } from './parse-arguments.js';

/** A command as its help, its parsing and its completion need it. */
export interface Description<O extends Options = Options> {
  /** What follows the name, such as `FILE --from TYPE --to TYPE [options]`. */
  readonly usage: string;
  /** What it does, in paragraphs. */
  readonly about: string;
  /** What can be given besides options, in order. */
  readonly operands: readonly Operand[];
  readonly options: O;
  /** What to type, and what that does. */
  readonly examples: readonly { readonly command: string; readonly meaning: string }[];
  /** What is good to know, behind the options, in paragraphs. */
  readonly notes?: string;
}

/** Something that is given by its place. */
interface Operand {
  /** Such as `FILE`. */
  readonly name: string;
  /** What to say when it is missing. Without it, it may be left out. */
  readonly missing?: string;
  /** What can stand there, for completion. */
  readonly complete?: 'file' | readonly string[];
}

/** What a command finds around it. */
export interface Context {
  readonly environment: NodeJS.ProcessEnv;
  readonly commands: Commands;
}

/** A command that can be run. */
export interface Command extends Description {
  readonly run: (args: readonly string[], context: Context) => Promise<ExitCode>;
}

/** Every command, by name. One is loaded when it is needed. */
export type Commands = Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<Command> }>>;

/**
 * Defines a command by its table of options.
 *
 * @param work - Is given what the options and the operands say.
 */
export function defineCommand<O extends Options>(
  description: Description<O>,
  work: (options: Values<O>, operands: readonly string[], context: Context) => Promise<ExitCode>,
): Command {
  return {
    ...description,
    run: async (args, context) => {
      const { options, operands } = parseArguments(description, args);
      return work(options, operands, context);
    },
  };
}
