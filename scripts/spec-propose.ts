import { runSpecPropose } from '../src/spec-proposal/propose.js';

process.exitCode = await runSpecPropose(process.argv.slice(2), {
  folder: process.cwd(),
  print: (text) => {
    console.log(text);
  },
  printError: (text) => {
    console.error(text);
  },
});
