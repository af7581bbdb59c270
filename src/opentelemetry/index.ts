export { instrument, type TelemetryOptions } from './instrument.js';
