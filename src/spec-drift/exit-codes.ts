import type { Verdict } from './drift-page.js';

/** What `npm run spec:drift` exits with; 1 is for what could not be compared. */
export const exitCodes: Readonly<Record<Verdict, number>> = {
  agrees: 0,
  differs: 2,
  'agrees-in-part': 3,
  'another-version': 4,
  'another-operation': 4,
};
