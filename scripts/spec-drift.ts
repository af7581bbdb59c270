import { runSpecDrift } from '../src/spec-drift/command.js';

process.exitCode = await runSpecDrift(process.argv.slice(2), {
  folder: process.cwd(),
  print: (text) => {
    console.log(text);
  },
  printError: (text) => {
    console.error(text);
  },
});
