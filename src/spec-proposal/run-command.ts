import { DescriptionError } from '../openapi/index.js';
import { ApprovalsError, SourceError } from '../spec-diff/index.js';
import { NotAPageError } from '../spec-drift/drift-page.js';

/** What the command line needs of the world. */
export interface Terminal {
  /** The root of the project, which is the top of a git work tree. */
  readonly folder: string;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

export class UsageError extends Error {}

/** The work cannot be done as things are; the message says what to do. */
export class ProposalError extends Error {}

/** Runs a command and returns its exit code: 1, with a sentence, when there is nothing to work on. */
export async function runCommand(
  usage: string,
  { complain }: Terminal,
  command: () => Promise<number>,
): Promise<number> {
  try {
    return await command();
  } catch (error) {
    // What parseArgs throws for wrong arguments is a TypeError.
    const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
    const expected = [ApprovalsError, DescriptionError, NotAPageError, ProposalError, SourceError];
    const isExpected = isUsage || expected.some((type) => error instanceof type);
    if (!(error instanceof Error) || !isExpected) throw error;
    complain(isUsage ? `${error.message}\n\n${usage}` : error.message);
    return 1;
  }
}
