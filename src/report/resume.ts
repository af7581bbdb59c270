import type { Resume, RunReport } from './model.js';

const kept =
  'Rows that were created or refused are not resent; all others are, which changes nothing if they are associated already.';
const notKept =
  'All rows are resent, which changes nothing if they are associated already. With --ledger, a run resumes where it stopped.';
const refused = 'Refused rows have to be corrected: --rejects writes them to a file that you can pass to create.';

/**
 * How to resume: the command, and what it does.
 *
 * @param given - The arguments of the last command, if they are on record.
 */
export function resumeOf(
  report: Omit<RunReport, 'resume'>,
  given: readonly string[] | null,
  ledger: string | undefined,
): Resume {
  const { outcomes, pending, state } = report;
  const isLeft = outcomes.unconfirmed + outcomes.unsent + (pending ?? 0) > 0 || state === 'open';
  const hasRefused = outcomes.failed + outcomes.invalid > 0;
  if (!isLeft && hasRefused) return { command: null, advice: refused };
  if (!isLeft) return { command: null, advice: 'Every row has been associated.' };
  const command = commandOf(given, report, ledger);
  if (ledger === undefined) return { command, advice: notKept };
  return { command, advice: hasRefused ? `${kept} ${refused}` : kept };
}

/** The command of the last run. Runs of the library, and of earlier versions, have none on record. */
function commandOf(
  given: readonly string[] | null,
  { from, to }: Pick<RunReport, 'from' | 'to'>,
  ledger: string | undefined,
): string {
  const known = ['create', 'FILE', '--from', from, '--to', to, ...(ledger === undefined ? [] : ['--ledger', ledger])];
  return ['hubspot-associations', ...(given ?? known)].map(quoted).join(' ');
}

/** Quotes a word for the shell. */
function quoted(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
