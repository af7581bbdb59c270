import { readFileSync } from 'node:fs';
import { driftOfPage } from '../src/spec-drift/drift-page.js';
import { printDrift } from '../src/spec-drift/print.js';
const drift = await driftOfPage(readFileSync(process.argv[2] ?? '', 'utf8'), process.argv[2] ?? '', process.cwd());
console.log(drift.verdict);
console.log(printDrift(drift));
