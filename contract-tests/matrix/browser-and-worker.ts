import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { build } from 'esbuild';
import { objectOf } from '../../src/openapi/index.js';
import { startBrowser } from '../../src/report/page/test-support.js';
import type { Sandbox } from '../project/packed-package.js';
import { requireWorks, type Runtime } from './runtimes.js';

/** Bundles the program and the package into one module, as for a browser or an edge runtime. */
async function bundle(sandbox: Sandbox, entry: string): Promise<string> {
  await sandbox.write('entry.mjs', entry);
  const outfile = join(sandbox.folder, 'bundle.mjs');
  await build({
    entryPoints: [join(sandbox.folder, 'entry.mjs')],
    ...{ outfile, bundle: true, format: 'esm', platform: 'browser', logLevel: 'silent' },
  });
  return outfile;
}

export const chromium: Runtime = {
  name: 'Chromium',
  attempt: async (sandbox) => {
    const script = await readFile(await bundle(sandbox, `export { tryPackage } from './program.js';\n`));
    const server = createServer((incoming, outgoing) => {
      const isScript = incoming.url === '/bundle.mjs';
      outgoing.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      outgoing.end(isScript ? script : '<!doctype html><title>matrix</title>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const browser = await startBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${String(portOf(server))}/`);
      requireWorks(String(await page.evaluate(`import('/bundle.mjs').then(({ tryPackage }) => tryPackage())`)));
      return `ESM, version ${browser.version()}`;
    } finally {
      await browser.close();
      server.closeAllConnections();
      server.close();
    }
  },
};

const worker = `import { tryPackage } from './program.js';
export default {
  fetch: () => tryPackage().then((text) => new Response(text), (error) => new Response(String(error))),
};
`;

const configuration = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "bundle.mjs", esModule = embed "bundle.mjs")],
  compatibilityDate = "2025-09-01",
);
`;

export const workerd: Runtime = {
  name: 'workerd',
  attempt: async (sandbox) => {
    const name = `@cloudflare/workerd-${process.platform}-${process.arch === 'x64' ? '64' : process.arch}`;
    await sandbox.run(`npm install --no-save --ignore-scripts ${name}`);
    await bundle(sandbox, worker);
    const file = await sandbox.write('config.capnp', configuration);
    const program = join(sandbox.folder, 'node_modules', name, 'bin', 'workerd');
    const running = spawn(program, ['serve', file, '--control-fd=3'], {
      stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    });
    const exited = once(running, 'exit');
    try {
      const port = await portOfWorkerd(running);
      requireWorks(await (await fetch(`http://127.0.0.1:${String(port)}/`)).text());
      return 'ESM, bundled';
    } finally {
      running.kill();
      await exited;
    }
  },
};

/** workerd reports its port on a control pipe. */
async function portOfWorkerd({ stdio: [, , , control] }: ChildProcess): Promise<number> {
  if (!(control instanceof Readable)) throw new Error('workerd has no control pipe.');
  for await (const line of createInterface(control)) {
    const message = objectOf(JSON.parse(line));
    if (message['event'] === 'listen') return Number(message['port']);
  }
  throw new Error('workerd did not start.');
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server is not listening on a port.');
  return address.port;
}
