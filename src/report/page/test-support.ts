import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import manifest from '../../../package.json' with { type: 'json' };

/** Long enough that only a hanging browser exceeds it, even on a busy machine. */
export const longestStepMs = 120_000;

const cache = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache');

/** Starts a headless Chromium: the one at `CHROMIUM_PATH`, on Linux that of an npm package, otherwise the installed Chrome. */
export async function startBrowser(): Promise<Browser> {
  const path = process.env['CHROMIUM_PATH'];
  if (path !== undefined && path !== '') return launch({ executablePath: path });
  if (process.platform !== 'linux' || process.arch !== 'x64') return launch({ channel: 'chrome' });
  const folder = await unpackedFolder();
  const environment = { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  return launch({ executablePath: join(folder, 'chromium'), env: { ...process.env, ...environment } });
}

function launch(options: LaunchOptions): Promise<Browser> {
  // Tests often run as root, where Chromium has no sandbox; the pages are the project's own.
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'];
  return chromium.launch({ ...options, args, timeout: longestStepMs });
}

/** Unpacked once for all runs. If two concurrent runs unpack it, one folder is kept. */
async function unpackedFolder(): Promise<string> {
  const folder = join(cache, `chromium-${manifest.devDependencies['@sparticuz/chromium']}`);
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(`${folder}-`);
  // In a separate process, because the package unpacks into its temporary folder, and unpacks libraries
  // only in a cloud function.
  const program = "import('@sparticuz/chromium').then((it) => it.default.executablePath())";
  const env = { ...process.env, TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' };
  await promisify(execFile)(process.execPath, ['--eval', program], { env, cwd: import.meta.dirname });
  const folders = [`<dir>${join(folder, 'fonts')}</dir>`, `<cachedir>${join(folder, 'font-cache')}</cachedir>`];
  const include = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>';
  await writeFile(join(fresh, 'fonts.conf'), `<fontconfig>${include}${folders.join('')}</fontconfig>\n`);
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true }));
  return folder;
}
