import type { RowSource } from '../files/row.js';
import type { CreateArguments } from './create-options.js';
import { openOutcomeFile, type OutcomeFile } from './outcome-file.js';

/** The rejects and the results of a run. */
export interface OutcomeFiles {
  /** Every row that was not associated. */
  readonly rejects: OutcomeFile;
  /** Every row. */
  readonly results: OutcomeFile;
  /** Closes both. Returns why one could not be written, if so. */
  close(): Promise<string | undefined>;
}

/** @throws ConfigurationError if one cannot be opened. */
export async function openOutcomeFiles(
  given: Pick<CreateArguments, 'rejects' | 'results'>,
  source: RowSource,
  onFailure: (message: string) => void,
): Promise<OutcomeFiles> {
  const rejects = await openOutcomeFile('--rejects', given.rejects, source, onFailure);
  const results = await openOutcomeFile('--results', given.results, source, onFailure);
  return {
    rejects,
    results,
    close: async () => {
      const failures = [await rejects.close(), await results.close()];
      return failures.find((failure) => failure !== undefined);
    },
  };
}
