export * from './in-memory.js';
export { serve, type Server } from './serve.js';
