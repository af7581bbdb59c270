import { runSpecCheck } from '../src/spec-proposal/check.js';

process.exitCode = await runSpecCheck(process.argv.slice(2), {
  folder: process.cwd(),
  print: (text) => {
    console.log(text);
  },
  printError: (text) => {
    console.error(text);
  },
});
