import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Application, Converter, OptionDefaults } from 'typedoc';

/**
 * `npm run docs`: builds the documentation site in dist/site. TypeDoc renders the guides, the README and the TSDoc;
 * Redocly renders the reference of the endpoint from the spec. The site needs no network to build or to read.
 */
const project = join(import.meta.dirname, '..');
const site = join(project, 'dist', 'site');
const require = createRequire(import.meta.url);

const guides = [
  'first-run',
  'large-files',
  'labels',
  'library',
  'generated-types',
  'simulator',
  'errors',
  'ledger',
  'opentelemetry',
  'contract-tests',
  'contract-in-your-ci',
  'spec-changes',
  'drift',
  'api-versions',
  'sensitivity',
];

rmSync(site, { recursive: true, force: true });
await writeSite();
writeEndpoint();
console.log('dist/site/index.html');

async function writeSite(): Promise<void> {
  const app = await Application.bootstrap({
    name: 'hubspot-associations',
    entryPoints: [
      'index',
      'client/index',
      'simulator/index',
      'ledger/index',
      'contract/index',
      'opentelemetry/index',
    ].map((file) => `src/${file}.ts`),
    tsconfig: 'tsconfig.build.json',
    readme: 'README.md',
    projectDocuments: guides.map((name) => `docs/${name}.md`),
    sortEntryPoints: false,
    navigationLinks: { Endpoint: 'endpoint.html' },
    ignoredHighlightLanguages: ['csv'],
    customCss: join(import.meta.dirname, 'docs', 'site.css'),
    out: site,
    githubPages: false,
    hideGenerator: true,
    disableGit: true,
    sourceLinkTemplate: '',
    disableSources: true,
    includeVersion: true,
    // openapi-typescript writes this tag.
    blockTags: [...OptionDefaults.blockTags, '@description'],
    treatWarningsAsErrors: true,
  });
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    const [heading] = document.content;
    const title = heading?.kind === 'text' ? /^# (.+)/.exec(heading.text)?.[1] : undefined;
    if (title !== undefined) document.name = title;
  });
  const converted = await app.convert();
  if (converted === undefined) throw new Error('TypeDoc failed; its messages are above.');
  await app.generateOutputs(converted);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;
}

function writeEndpoint(): void {
  const redocly = require.resolve('@redocly/cli/bin/cli.js');
  const page = ['--inlineBundle', '--output', join(site, 'endpoint.html')];
  const args = [redocly, 'build-docs', 'generated/openapi.json', '--config', 'openapi/redocly.yaml', ...page];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
