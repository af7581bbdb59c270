import { text } from 'node:stream/consumers';
import { objectOf } from '../src/openapi/index.js';
import { untestableIn } from './values/untestable.js';

// Reads a description as JSON, and writes what the suite could not test of it: `npm run generate` starts it.

const description: unknown = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(untestableIn(objectOf(description))));
