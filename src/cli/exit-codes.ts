/** The exit codes of the command line. */
export const exitCodes = {
  /** Every row has been associated. */
  allCreated: 0,
  /** Nothing was done: wrong usage, an unreadable file, a refused token, no connection. */
  nothingDone: 1,
  /** The run finished, but some rows were not associated. */
  someNotCreated: 2,
  /** The run stopped early. The same command resumes it. */
  stopped: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
