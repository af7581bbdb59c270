import { parseArgs } from 'node:util';
import { DescriptionError } from '../openapi/index.js';
import { readSource, SourceError } from '../spec-diff/index.js';
import { driftOfDescription } from './drift-description.js';
import { driftOfPage, NotAPageError } from './drift-page.js';
import { exitCodes } from './exit-codes.js';
import { printDescriptionDrift, printDrift } from './print.js';
import { publishedDescription } from './published.js';

const usage = `npm run spec:drift -- PAGE   what PAGE says and openapi/ does not

PAGE is a saved documentation page (text, Markdown or HTML, in any language that HubSpot publishes), or
the vendor's OpenAPI description (JSON or YAML): a file, or an http(s) URL.

  --format text|json   (default: text)
  --patch              prints only the edit of openapi/, for \`git apply\`
  --root FOLDER        the folder that holds openapi/ (default: this project)

Exit codes: 0 agrees; 2 differs; 3 agrees, but parts of the page could not be read; 4 another version or
another operation; 1 nothing was compared. Products and the date of the page are reported and change no code.`;

/** What the command line needs of the world. */
export interface Terminal {
  /** The root of the project. */
  readonly folder: string;
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
}

class UsageError extends Error {}

/** Runs `npm run spec:drift` and returns its exit code. */
export async function runSpecDrift(args: string[], terminal: Terminal): Promise<number> {
  try {
    return await drift(args, terminal);
  } catch (error) {
    // What parseArgs throws for wrong arguments is a TypeError.
    const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
    const isExpected = [NotAPageError, DescriptionError, SourceError].some((type) => error instanceof type);
    if (!(error instanceof Error) || !(isUsage || isExpected)) throw error;
    terminal.complain(isUsage ? `${error.message}\n\n${usage}` : error.message);
    return 1;
  }
}

async function drift(args: string[], { folder, print }: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      patch: { type: 'boolean', default: false },
      root: { type: 'string', default: folder },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    print(usage);
    return 0;
  }
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0) throw new UsageError('Name one page or description.');
  if (values.format !== 'text' && values.format !== 'json') {
    throw new UsageError(`--format ${values.format}: is not text or json.`);
  }
  const source = await readSource(name, folder);
  const description = publishedDescription(source);
  if (description !== undefined) {
    const found = await driftOfDescription(description, values.root);
    if (values.patch) print(found.patch.trimEnd());
    else print(values.format === 'json' ? JSON.stringify(found, null, 2) : printDescriptionDrift(name, found));
    return found.findings.length === 0 ? exitCodes.agrees : exitCodes.differs;
  }
  const found = await driftOfPage(source.text, name, values.root);
  if (values.patch) print(found.patch.trimEnd());
  else print(values.format === 'json' ? JSON.stringify(found, null, 2) : printDrift(found));
  return exitCodes[found.verdict];
}
