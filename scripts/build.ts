import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Compiles src/ and generated/ into dist/, which is what the package ships and what the tests run. */
const project = join(import.meta.dirname, '..');
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

rmSync(join(project, 'dist'), { recursive: true, force: true });
try {
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: project, stdio: 'inherit' });
} catch {
  // The compiler has said what is wrong.
  process.exit(1);
}
// The compiler leaves out what is JavaScript or JSON already.
for (const file of ['validators.js', 'validators.d.ts', 'openapi.json']) {
  cpSync(join(project, 'generated', file), join(project, 'dist', 'generated', file));
}
chmodSync(join(project, 'dist', 'src', 'cli', 'main.js'), 0o755);
