import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import manifest from '../../package.json' with { type: 'json' };
import { runNode } from '../project/run-node.js';

const project = join(import.meta.dirname, '..', '..');
/** Catches a browser that hangs, on the busiest machine. */
export const longestStepMs = 120_000;

const version = manifest.devDependencies['@sparticuz/chromium'];

/**
 * Starts a headless Chromium. On Linux with an x64 processor it comes out of an npm package, with
 * the libraries that it needs; `CHROMIUM_PATH` names another one, and elsewhere it is the installed Chrome.
 */
export async function startBrowser(): Promise<Browser> {
  const path = process.env['CHROMIUM_PATH'];
  if (path !== undefined && path !== '') return launch({ executablePath: path });
  if (process.platform !== 'linux' || process.arch !== 'x64') return launch({ channel: 'chrome' });
  const folder = await unpackedFolder();
  const environment = { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  const env = { ...process.env, ...environment };
  return launch({ executablePath: join(folder, 'chromium'), env });
}

function launch(options: LaunchOptions): Promise<Browser> {
  // Tests often run as root, where Chromium has no sandbox; the pages are the project's own.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'];
  return chromium.launch({ ...options, args, timeout: longestStepMs });
}

/** Unpacked once for all runs. Two runs at once may both unpack; the folder of one of them stays. */
async function unpackedFolder(): Promise<string> {
  const cache = join(project, 'node_modules', '.cache');
  const folder = join(cache, `chromium-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(`${folder}-`);
  await unpack(fresh);
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true }));
  return folder;
}

/** The package unpacks into the temporary folder of its process; its libraries only where it takes that for a cloud function. */
async function unpack(folder: string): Promise<void> {
  const program = join(import.meta.dirname, 'unpack-browser.ts');
  const environment = { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  const { exitCode, output } = await runNode(['--import', 'tsx', program], project, environment);
  if (exitCode !== 0) throw new Error(`Chromium could not be unpacked:\n${output}`);
  await writeFile(join(folder, 'fonts.conf'), fontConfiguration(folder));
}

/** The package's own font comes first where the machine has none. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'font-cache')}</cachedir>
</fontconfig>
`;
}
