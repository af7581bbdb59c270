import type { Commands, Description } from './command.js';
import { nameOf, type Option } from './option.js';

/** The help of a command: an example first, then its options by group. */
export function helpOf(name: string, description: Description): string[] {
  const { usage, about, examples, options, notes } = description;
  const lines = [`Usage: hubspot-associations ${name} ${usage}`, '', ...paragraphs(about)];
  if (examples.length > 0) lines.push('', examples.length === 1 ? 'Example:' : 'Examples:');
  for (const { command, meaning } of examples) {
    lines.push(...wrapped(meaning, width - 2).map((line) => `  # ${line}`), `  hubspot-associations ${command}`, '');
  }
  if (examples.length > 0) lines.pop();
  const all: [string, Option<unknown>][] = [...Object.entries(options), ['help', help]];
  const groups = new Set(all.map(([, { group }]) => group));
  for (const group of groups) {
    lines.push('', `${group}:`);
    for (const [key, option] of all) if (option.group === group) lines.push(...optionLines(key, option));
  }
  if (notes !== undefined) lines.push('', ...paragraphs(notes));
  return lines;
}

/** The help of the program: a list of its commands. */
export function helpOfAll(commands: Commands): string[] {
  const longest = Math.max(...Object.keys(commands).map(({ length }) => length));
  return [
    'Usage: hubspot-associations COMMAND [options]',
    '',
    'Associates HubSpot CRM records in bulk.',
    '',
    'Try it on a file of pairs with an in-memory account, without a token:',
    '  hubspot-associations create pairs.csv --from contacts --to companies --type HUBSPOT_DEFINED:279 --simulate',
    '',
    'Commands:',
    ...Object.entries(commands).flatMap(([name, { summary }]) =>
      wrapped(summary, width - longest - 4).map((line, at) => `  ${(at === 0 ? name : '').padEnd(longest)}  ${line}`),
    ),
    '',
    'For more, run hubspot-associations COMMAND --help. --version prints the version.',
  ];
}

const help: Option<unknown> = { group: 'Help', help: 'Print this.', read: () => undefined };

const width = 80;
const indent = 2;
/** The column in which explanations begin. */
const column = 26;

function optionLines(key: string, option: Option<unknown>): string[] {
  const name = [nameOf(key, option), option.value].filter((part) => part !== undefined).join(' ');
  const several = option.repeatable === true ? ' May be given several times.' : '';
  const byDefault = option.default === undefined ? '' : ` Default: ${option.default}.`;
  const [first = '', ...rest] = wrapped(`${option.help}${several}${byDefault}`, width - column);
  const left = `${' '.repeat(indent)}${name}`;
  const indented = rest.map((line) => `${' '.repeat(column)}${line}`);
  return left.length > column - 2
    ? [left, `${' '.repeat(column)}${first}`, ...indented]
    : [`${left.padEnd(column)}${first}`, ...indented];
}

/** Empty lines separate paragraphs. The lines of a paragraph are rewrapped, unless they are indented. */
function paragraphs(text: string): string[] {
  return text.split('\n\n').flatMap((paragraph, at) => {
    const lines = paragraph
      .replaceAll(/\n(?! )/g, ' ')
      .split('\n')
      .flatMap(indented);
    return at === 0 ? lines : ['', ...lines];
  });
}

function indented(line: string): string[] {
  const text = line.trimStart();
  const blank = line.slice(0, line.length - text.length);
  return wrapped(text, width - blank.length).map((part) => `${blank}${part}`);
}

function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
