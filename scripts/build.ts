import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { replaceFolder } from '../src/files/replace-folder.js';

/**
 * Builds src/ and generated/ into dist/, which the package ships and the tests run. The old build stays in place until
 * the new one is complete, because another run may be using it.
 */
const project = join(import.meta.dirname, '..');
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** The exports and the command of package.json. */
const entries = [
  'src/index.ts',
  'src/client/index.ts',
  'src/simulator/index.ts',
  'src/simulator/in-memory.ts',
  'src/ledger/index.ts',
  'src/contract/index.ts',
  'src/opentelemetry/index.ts',
  'src/cli/main.ts',
  'generated/schema.ts',
];

const dist = join(project, 'dist');
mkdirSync(dist, { recursive: true });
// At the depth of dist/, because source maps have relative paths to the source.
const fresh = mkdtempSync(join(project, '.dist-'));
try {
  const args = [compiler, '-p', 'tsconfig.build.json', '--outDir', fresh];
  const { status } = spawnSync(process.execPath, args, { cwd: project, stdio: 'inherit' });
  // The compiler has printed its errors.
  if (status === 0) complete();
  else process.exitCode = 1;
} finally {
  rmSync(fresh, { recursive: true, force: true });
}

function complete(): void {
  bundle();
  // The compiler does not copy declaration files and JSON.
  for (const file of readdirSync(join(project, 'generated')).filter((name) =>
    /(\.d\.ts|^openapi.*\.json)$/.test(name),
  )) {
    cpSync(join(project, 'generated', file), join(fresh, 'generated', file));
  }
  chmodSync(join(fresh, 'src', 'cli', 'main.js'), 0o755);
  // The .npmignore of the project links to this file, so npm cannot pack the package before it is built.
  writeFileSync(join(fresh, 'src', '.npmignore'), '# The files of the package are listed in package.json.\n');
  // src comes last: once it is replaced, the build is complete.
  for (const part of ['generated', 'src']) replaceFolder(join(dist, part), join(fresh, part));
}

/** Node takes longer to find and load a file than to run it. So each entry is one file, plus files shared by entries. */
function bundle(): void {
  buildSync({
    absWorkingDir: project,
    entryPoints: entries,
    outbase: '.',
    outdir: fresh,
    chunkNames: 'src/shared/[name]-[hash]',
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    define: { reportPage: JSON.stringify(reportPage()) },
    sourcemap: true,
    logLevel: 'warning',
  });
}

/** The style and script of the HTML report, which are inlined because a report is one file. */
function reportPage(): { style: string; script: string } {
  const page = 'src/report/page';
  const bundled = (path: string): string => {
    const options = { absWorkingDir: project, bundle: true, minify: true, target: 'es2022', write: false } as const;
    const { outputFiles } = buildSync({
      ...options,
      entryPoints: [`${page}/${path}`],
      legalComments: 'inline',
      // The package has no side effects; the script of the page does.
      ignoreAnnotations: true,
    });
    const code = outputFiles.map(({ text }) => text.trim()).join('');
    if (/<\/(script|style)/i.test(code)) throw new Error(`${path} contains a tag that would end its element.`);
    return code;
  };
  return { style: bundled('style/main.css'), script: bundled('script/main.ts') };
}
