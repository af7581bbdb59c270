import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createSimulator } from '../simulator/create-simulator.js';
import { contactsToCompanies, run, useWorkspace, withToken, type CommandRun } from './test-support.js';

const workspace = useWorkspace();

/** The servers that the proxy was asked to connect to. */
let asked: string[];
const open = new Set<Socket>();
const proxy = createServer();
beforeAll(async () => {
  proxy.on('connect', ({ url = '' }, client: Socket) => {
    asked.push(url);
    const upstream = connect(Number(new URL(simulated).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) open.add(socket.on('error', () => undefined));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
});
afterAll(() => {
  for (const socket of open) socket.destroy();
  proxy.close();
});

let simulated: string;
beforeEach(async () => {
  asked = [];
  simulated = await workspace.serve(createSimulator().fetch);
});

async function create(url: string, proxyVariable: string, exempt = ''): Promise<CommandRun> {
  const { port } = proxy.address() as AddressInfo;
  const variables = { [proxyVariable]: `http://127.0.0.1:${String(port)}`, NO_PROXY: exempt, NODE_USE_ENV_PROXY: '' };
  const command = [
    'create',
    await workspace.pairs(1),
    ...contactsToCompanies,
    '--base-url',
    url,
    '--max-attempts',
    '1',
  ];
  return run(command, { ...withToken, ...variables });
}

test('a server is reached through the proxy of the environment', async () => {
  expect((await create('http://crm.example.test', 'HTTP_PROXY')).exitCode).toBe(0);
  expect(asked).toEqual(['crm.example.test:80']);
});

test('a server on this machine is reached directly', async () => {
  expect((await create(simulated, 'HTTP_PROXY')).exitCode).toBe(0);
  expect(asked).toEqual([]);
});

test.each([
  ['that NO_PROXY names', 'HTTP_PROXY', '127.0.0.2'],
  ['of another protocol', 'HTTPS_PROXY', ''],
])('a server %s is not', async (_, variable, exempt) => {
  expect((await create('http://127.0.0.2:9', variable, exempt)).exitCode).toBe(1);
  expect(asked).toEqual([]);
});
