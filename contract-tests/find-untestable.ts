import { text } from 'node:stream/consumers';
import { objectOf } from '../src/openapi/index.js';
import { untestableIn } from './values/untestable.js';

// Reads a description as JSON and writes the findings that the suite cannot test. Started by `npm run generate`.

const description: unknown = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(untestableIn(objectOf(description))));
