import { runSpecDiff } from '../src/spec-diff/command.js';

process.exitCode = await runSpecDiff(process.argv.slice(2), {
  folder: process.cwd(),
  print: (text) => {
    console.log(text);
  },
  printError: (text) => {
    console.error(text);
  },
});
