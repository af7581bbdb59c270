import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Compiles src/ and generated/ into dist/, which is what the package ships and what the tests run. */
const project = join(import.meta.dirname, '..');
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

// What is built takes the place of what was there at once: another run of the tests may be using it.
const built = mkdtempSync(join(project, 'dist-'));
try {
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', built], {
    cwd: project,
    stdio: 'inherit',
  });
  // The compiler leaves out what is JavaScript or JSON already.
  for (const file of ['validators.js', 'validators.d.ts', 'openapi.json']) {
    cpSync(join(project, 'generated', file), join(built, 'generated', file));
  }
  chmodSync(join(built, 'src', 'cli', 'main.js'), 0o755);
  mkdirSync(join(project, 'dist'), { recursive: true });
  for (const folder of ['src', 'generated']) replace(join(project, 'dist', folder), join(built, folder));
} catch (error) {
  // The compiler has said what is wrong; anything else has not been said yet.
  if (!(error instanceof Error && 'status' in error)) console.error(error);
  process.exitCode = 1;
} finally {
  rmSync(built, { recursive: true, force: true });
}

/** Two builds of one source may meet here: whichever comes last leaves the same files. */
function replace(target: string, source: string): void {
  const former = `${source}-former`;
  if (existsSync(target)) renameSync(target, former);
  renameSync(source, target);
}
