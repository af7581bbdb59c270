export { createSimulator, type Simulator, type SimulatorOptions } from './create-simulator.js';
export type { SimulatorReply } from './handler.js';
export type { Association, Records } from './portal.js';
export { serve, type Server } from './serve.js';
