import { runContract } from './contract/run-contract.js';

/** `npm run contract`: the contract tests, and the report of what they exercised. Other arguments go to jest. */
const args = process.argv.slice(2);

/** What changes how the tests are run, and not which. */
const harmless = /^(-i|--runInBand|--ci|--verbose|--silent|--colors?|--no-colors?|-w=.+|--maxWorkers=.+)$/;
const complete = args.every((argument) => harmless.test(argument));

/** Half of the time goes into waiting for Prism, so two files at once are worth it on two cores too. */
const workers = args.some((argument) => /^(-i|--runInBand|-w=|--maxWorkers=)/.test(argument)) ? [] : ['--maxWorkers=2'];

const { passed } = await runContract({
  args: [...workers, '--selectProjects', 'contract', ...args],
  complete,
  quiet: false,
});
process.exitCode = passed ? 0 : 1;
