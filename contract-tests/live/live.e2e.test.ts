import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSimulator, serve, type Server } from 'hubspot-associations/simulator';
import type { ContractReport } from '../report/model.js';
import { stateOf } from '../report/verdict.js';
import { simulatedProbe } from 'hubspot-associations/contract';
import { runNode, type NodeRun } from '../project/run-node.js';
import { createScratchProject } from '../project/scratch-project.js';

const project = join(import.meta.dirname, '..', '..');

let folder: string;
const cleanups: (() => Promise<void>)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contract-live-'));
});
afterEach(async () => {
  for (const cleanUp of cleanups.splice(0)) await cleanUp();
  await rm(folder, { recursive: true });
});

/** Unset, so that no test uses the real account of a developer. */
const noAccount = { HUBSPOT_ACCESS_TOKEN: '', HUBSPOT_TEST_FROM_ID: '', HUBSPOT_TEST_TO_ID: '', CI: '' };

function live(args: readonly string[], variables = {}): Promise<NodeRun> {
  const command = [
    '--import',
    'tsx',
    join('contract-tests', 'live', 'main.ts'),
    ...args,
    '--output',
    join(folder, 'live'),
  ];
  return runNode(command, project, { ...noAccount, ...variables });
}

/** A server that changes the replies of a simulator. */
async function deviatingServer(change: (body: Record<string, unknown>) => object): Promise<Server> {
  const simulator = createSimulator({
    accessTokens: [simulatedProbe.accessToken],
    records: { contacts: { allExcept: [] }, companies: { allExcept: [simulatedProbe.missingId] } },
  });
  const server = await serve(async (request) => {
    const reply = await simulator.fetch(request);
    const body = (await reply.json()) as Record<string, unknown>;
    return Response.json(change(body), { status: reply.status });
  });
  cleanups.push(() => server.close());
  return server;
}

describe('npm run contract:live', () => {
  test('tests the simulator in CI, where it conforms to the spec, and writes a separate report', async () => {
    const { exitCode, output } = await live([], { CI: 'true' });
    expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
    const report = JSON.parse(await readFile(join(folder, 'live', 'report.json'), 'utf8')) as ContractReport;
    expect(report).toMatchObject({ target: 'the simulator', complete: false, otherTests: [] });
    const exercised = report.items.filter((item) => stateOf(item) === 'passed');
    expect(new Set(exercised.map(({ status }) => status))).toEqual(new Set([undefined, '201', '207', '400', '401']));
    expect(await readFile(join(folder, 'live', 'report.html'), 'utf8')).not.toContain(simulatedProbe.accessToken);
  });

  test('names the missing variables and sends nothing without an account', async () => {
    const { exitCode, output } = await live(['--base-url', 'https://crm.example'], {
      HUBSPOT_ACCESS_TOKEN: 'pat-na1-secret',
    });
    expect(exitCode).toBe(78);
    expect(output).toContain('HUBSPOT_TEST_FROM_ID');
    expect(output).not.toMatch(/HUBSPOT_ACCESS_TOKEN|pat-na1-secret/);
  });

  test('refuses unknown arguments', async () => {
    expect(await live(['--simulate'])).toMatchObject({ exitCode: 64 });
  });

  test('reports a server that cannot be reached', async () => {
    const server = await serve(() => Promise.reject(new Error('Nobody is here.')));
    await server.close();
    const { exitCode, output } = await live(['--base-url', server.url]);
    expect(exitCode).toBe(1);
    expect(output).toContain('The server could not be reached.');
  });
});

describe('a server that deviates', () => {
  test('leads to proposals that make the spec allow its replies', async () => {
    const server = await deviatingServer(({ completedAt, ...body }) => ({
      ...body,
      ...(completedAt === undefined ? {} : { status: 'DONE' }),
      trace: { of: 'private' },
      ...(typeof body['correlationId'] === 'string' ? { correlationId: 7 } : {}),
    }));
    const { exitCode, output } = await live(['--base-url', server.url]);
    expect(exitCode).toBe(1);
    for (const action of [
      "target: $.components.schemas.BatchResponseLabelsBetweenObjectPair.required[?(@ == 'completedAt')]",
      'target: $.components.schemas.BatchResponseLabelsBetweenObjectPair.properties.status\n',
      'target: $.components.schemas.BatchResponseLabelsBetweenObjectPair.properties\n',
      'target: $.components.schemas.Error.properties.correlationId\n',
    ])
      expect(output).toContain(action);
    const scratch = await createScratchProject();
    cleanups.push(() => scratch.remove());
    const proposals = await readFile(join(folder, 'live', 'proposals.yaml'), 'utf8');
    expect(proposals).not.toContain('private');
    await scratch.edit('observed.overlay.yaml', 'actions:\n', `actions:\n${proposals}`);
    expect(await scratch.generate()).toMatchObject({ exitCode: 0 });
    const { components } = JSON.parse((await scratch.generated())['openapi.json'] ?? '') as {
      components: { schemas: Record<string, { required: string[]; properties: Record<string, unknown> }> };
    };
    const reply = components.schemas['BatchResponseLabelsBetweenObjectPair'];
    expect(reply?.required).not.toContain('completedAt');
    expect(reply?.properties).toMatchObject({
      trace: { type: 'object' },
      status: { enum: expect.arrayContaining(['DONE']) },
    });
    expect(components.schemas['Error']?.properties['correlationId']).toMatchObject({ type: ['string', 'integer'] });
  });
});
