import type { Verdict } from './drift-page.js';

/** The exit codes of `npm run spec:drift`. It exits with 1 if nothing could be compared. */
export const exitCodes: Readonly<Record<Verdict, number>> = {
  agrees: 0,
  differs: 2,
  'agrees-in-part': 3,
  'another-version': 4,
  'another-operation': 4,
};
