import { EventEmitter, once } from 'node:events';
import { createSimulator, serve, type Simulator } from '../../src/simulator/index.js';

/** A simulator on a port that takes some milliseconds for each reply. */
export interface SlowServer {
  readonly simulator: Simulator;
  readonly url: string;
  /** Resolves once `count` requests have arrived in total, or `or` has settled. */
  untilRequests(count: number, or: Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

export async function startSlowServer(seed: number): Promise<SlowServer> {
  const simulator = createSimulator({ faults: { seed, faults: [{ kind: 'latency', ms: { uniform: [1, 20] } }] } });
  const arrived = new EventEmitter();
  const server = await serve((request) => {
    const reply = simulator.fetch(request);
    arrived.emit('request');
    return reply;
  });
  return {
    simulator,
    url: server.url,
    untilRequests: async (count, or) => {
      const over = or.then(() => 'over');
      while (simulator.requests() < count) {
        if ((await Promise.race([once(arrived, 'request'), over])) === 'over') return;
      }
    },
    close: () => server.close(),
  };
}
