import { contenders } from './contenders.js';
import { startMeasuring } from './measure.js';

/** Runs one contender in this process. Arguments: its name, and its setting as JSON. */
const [name, setting] = process.argv.slice(2);
const work = await contenders[name](JSON.parse(setting));
startMeasuring();
await work();
// A connection pool or a limiter would keep the process alive for a while.
process.exit();
