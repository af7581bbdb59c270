/** What the command line says with its exit code. */
export const exitCodes = {
  /** Every row has been associated. */
  allCreated: 0,
  /** Nothing has been done: wrong usage, an unreadable file, a refused token, no connection. */
  nothingDone: 1,
  /** The run finished, and some rows have not been associated. */
  someNotCreated: 2,
  /** The run stopped before its end. The same command goes on. */
  stopped: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
