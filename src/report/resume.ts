import { defaultServer } from '../../generated/client.js';
import type { Resume, RunReport } from './model.js';

/** The account of `--simulate`, as a ledger names it. */
const simulated = 'a simulated account';

/** How to go on: the command, and what it does. */
export function resumeOf(report: Omit<RunReport, 'resume'>, ledger: string): Resume {
  const { outcomes, pending, state } = report;
  const isLeft = outcomes.unconfirmed + outcomes.unsent + (pending ?? 0) > 0 || state === 'open';
  const refused = outcomes.failed + outcomes.invalid > 0;
  const correct = 'Rows that were refused are not sent again: correct them, and give them as a file of their own.';
  if (!isLeft) {
    return { command: null, advice: refused ? correct : 'Nothing is left to do: every row has been associated.' };
  }
  const advice =
    'Rows that were created or refused are not sent again; all others are, which changes nothing where they are associated already.';
  return { command: commandOf(report, ledger), advice: refused ? `${advice} ${correct}` : advice };
}

function commandOf({ file, from, to, types, target }: Omit<RunReport, 'resume'>, ledger: string): string {
  const words = [
    ...['hubspot-associations', 'create', file ?? 'FILE', '--from', from, '--to', to],
    ...types.flatMap((type) => ['--type', type]),
    ...(target === simulated ? ['--simulate'] : []),
    ...(target === simulated || target === defaultServer ? [] : ['--base-url', target]),
    ...['--ledger', ledger],
  ];
  return words.map(quoted).join(' ');
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
