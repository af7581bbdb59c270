import { DescriptionError } from '../openapi/index.js';
import { ApprovalsError, SourceError } from '../spec-diff/index.js';
import { NotAPageError } from '../spec-drift/drift-page.js';

/** The environment of the command. */
export interface Terminal {
  /** The root of the project and of its git work tree. */
  readonly folder: string;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

export class UsageError extends Error {}

/** No change can be proposed; the message explains why. */
export class ProposalError extends Error {}

/** Runs a command and returns its exit code. For an expected error, prints the message and returns 1. */
export async function runCommand(
  usage: string,
  { printError }: Terminal,
  command: () => Promise<number>,
): Promise<number> {
  try {
    return await command();
  } catch (error) {
    // `parseArgs` throws a TypeError for wrong arguments.
    const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
    const expected = [ApprovalsError, DescriptionError, NotAPageError, ProposalError, SourceError];
    const isExpected = isUsage || expected.some((type) => error instanceof type);
    if (!(error instanceof Error) || !isExpected) throw error;
    printError(isUsage ? `${error.message}\n\n${usage}` : error.message);
    return 1;
  }
}
