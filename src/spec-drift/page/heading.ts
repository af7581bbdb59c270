import type { Stated } from './facts.js';
import type { PageText } from './page-text.js';

/** Every method and path that the page states for the operation. */
export interface Heading {
  readonly methods: Stated<string>[];
  readonly paths: Stated<string>[];
  readonly server?: Stated<string>;
}

const method = '(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|DEL)';
const segment = String.raw`\s*/\s*(?:\{\s*\w+\s*\}|[\w.~-]*[\w~-])`;
/** A saved page may have each segment of the path on its own line. */
const methodAndPath = new RegExp(String.raw`(?:^|[^\w"'-])${method}\s*(?:https?:\s*//[\w.-]+)?((?:${segment})+)`, 'gm');
const commandMethod = new RegExp(String.raw`(?:--request|-X)[\s=]+['"]?${method}\b`, 'g');
const address = /(https?:\/\/[\w.-]+)((?:\/(?:\{\w+\}|[\w.~-]+))+)(?![\w/{])/g;

/** Reads the heading and the sample command of the page. */
export function readHeading({ text, lineAt }: PageText): Heading {
  const inCommands = [...text.matchAll(commandMethod)].map((match) => stated(match[1], match.index, lineAt));
  const addresses = [...text.matchAll(address)]
    .filter(([, host]) => (host ?? '').includes('//api.'))
    .map((match) => ({ host: match[1] ?? '', path: match[2] ?? '', line: lineAt(match.index) }));
  const headings = [...text.matchAll(methodAndPath)].map((match) => ({
    method: stated(match[1], match.index + match[0].search(/\w/), lineAt),
    path: stated(match[2]?.replaceAll(/\s/g, ''), match.index + match[0].search(/\w/), lineAt),
  }));

  const paths = addresses.map(({ path, line }) => ({ value: path, line }));
  // Navigation lists other operations, so prefer the heading that matches the command.
  const own = headings.find(({ path }) => isInCommands(path.value, paths)) ?? headings[0];
  if (own !== undefined) {
    // On a page without line breaks the path runs into the next word.
    const exact = paths.find(({ value }) => /^\p{Lu}/u.test(own.path.value.replace(value, '')));
    paths.unshift(exact === undefined ? own.path : { ...own.path, value: exact.value });
  }
  const [first] = addresses;
  return {
    methods: [...(own === undefined ? [] : [own.method]), ...inCommands],
    paths,
    ...(first === undefined ? {} : { server: { value: first.host, line: first.line } }),
  };
}

function isInCommands(path: string, inCommands: readonly Stated<string>[]): boolean {
  return inCommands.some(({ value }) => path.startsWith(value));
}

function stated(value: string | undefined, offset: number, lineAt: (offset: number) => number): Stated<string> {
  return { value: value === 'DEL' ? 'DELETE' : (value ?? ''), line: lineAt(offset) };
}
