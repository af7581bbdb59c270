import { runSpecCheck } from '../src/spec-proposal/check.js';

process.exitCode = await runSpecCheck(process.argv.slice(2), {
  folder: process.cwd(),
  print: (text) => {
    console.log(text);
  },
  complain: (text) => {
    console.error(text);
  },
});
