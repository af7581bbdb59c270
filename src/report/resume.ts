import { defaultServer } from '../../generated/client.js';
import type { Resume, RunReport } from './model.js';

/** The name of the account of `--simulate` in a ledger. */
const simulated = 'a simulated account';

const kept =
  'Rows that were created or refused are not resent; all others are, which changes nothing if they are associated already.';
const notKept =
  'All rows are resent, which changes nothing if they are associated already. With --ledger, a run resumes where it stopped.';
const refused = 'Refused rows have to be corrected: --rejects writes them to a file that you can pass to create.';

/** How to resume: the command, and what it does. */
export function resumeOf(report: Omit<RunReport, 'resume'>, ledger: string | undefined): Resume {
  const { outcomes, pending, state } = report;
  const isLeft = outcomes.unconfirmed + outcomes.unsent + (pending ?? 0) > 0 || state === 'open';
  const hasRefused = outcomes.failed + outcomes.invalid > 0;
  if (!isLeft && hasRefused) return { command: null, advice: refused };
  if (!isLeft) return { command: null, advice: 'Every row has been associated.' };
  const command = commandOf(report, ledger);
  if (ledger === undefined) return { command, advice: notKept };
  return { command, advice: hasRefused ? `${kept} ${refused}` : kept };
}

function commandOf({ file, from, to, types, target }: Omit<RunReport, 'resume'>, ledger: string | undefined): string {
  const words = [
    ...['hubspot-associations', 'create', file ?? 'FILE', '--from', from, '--to', to],
    ...types.flatMap((type) => ['--type', type]),
    ...(target === simulated ? ['--simulate'] : []),
    ...(target === simulated || target === defaultServer ? [] : ['--base-url', target]),
    ...(ledger === undefined ? [] : ['--ledger', ledger]),
  ];
  return words.map(quoted).join(' ');
}

/** Quotes a word for the shell. */
function quoted(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
