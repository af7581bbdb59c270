import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from '@jest/globals';

/** The project with the `openapi/` folder that test pages are compared with. */
export const project = join(import.meta.dirname, '..', '..');

const path = '/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create';

/** The labels of a page in one language. */
interface Labels {
  readonly products: string;
  readonly authorization: string;
  readonly path: string;
  readonly body: string;
  readonly reply: string;
  readonly required: string;
  readonly options: string;
  readonly free: string;
  readonly modified: string;
}

/** Labels in the languages that HubSpot publishes. */
export const labels = {
  en: {
    ...{ products: 'Supported products', authorization: 'Authorizations', path: 'Path Parameters', body: 'Body' },
    ...{ reply: 'Response', required: 'required', options: 'Available options', free: 'Free' },
    modified: 'Last modified on March 30, 2026',
  },
  es: {
    ...{ products: 'Productos compatibles', authorization: 'Autorizaciones', path: 'Parámetros de ruta' },
    ...{ body: 'Cuerpo', reply: 'Respuesta', required: 'obligatorio', options: 'Opciones disponibles' },
    ...{ free: 'Gratuito', modified: 'Última modificación el 30 de marzo de 2026' },
  },
  fr: {
    ...{ products: 'Produits pris en charge', authorization: 'Autorisations', path: 'Paramètres de chemin' },
    ...{ body: 'Corps', reply: 'Réponse', required: 'requis', options: 'Options disponibles', free: 'Gratuit' },
    modified: 'Dernière modification le 30 mars 2026',
  },
  de: {
    ...{ products: 'Unterstützte Produkte', authorization: 'Autorisierungen', path: 'Pfadparameter', body: 'Body' },
    ...{ reply: 'Antwort', required: 'erforderlich', options: 'Verfügbare Optionen', free: 'Kostenlos' },
    modified: 'Zuletzt geändert am 30. März 2026',
  },
  ja: {
    ...{ products: 'サポートされている製品', authorization: '認証', path: 'パスパラメータ', body: 'ボディ' },
    ...{ reply: 'レスポンス', required: '必須', options: '利用可能なオプション', free: '無料' },
    modified: '最終更新日:2026年3月30日',
  },
  pt: {
    ...{ products: 'Produtos compatíveis', authorization: 'Autorizações', path: 'Parâmetros de caminho' },
    ...{ body: 'Corpo', reply: 'Resposta', required: 'obrigatório', options: 'Opções disponíveis', free: 'Gratuito' },
    modified: 'Última modificação em 30 de março de 2026',
  },
  it: {
    ...{ products: 'Prodotti supportati', authorization: 'Autorizzazioni', path: 'Parametri del percorso' },
    ...{ body: 'Corpo', reply: 'Risposta', required: 'obbligatorio', options: 'Opzioni disponibili', free: 'Gratis' },
    modified: 'Ultima modifica: 30 marzo 2026',
  },
  nl: {
    ...{ products: 'Ondersteunde producten', authorization: 'Autorisaties', path: 'Padparameters', body: 'Body' },
    ...{ reply: 'Antwoord', required: 'vereist', options: 'Beschikbare opties', free: 'Gratis' },
    modified: 'Laatst gewijzigd op 30 maart 2026',
  },
} satisfies Record<string, Labels>;

export type Language = keyof typeof labels;

const time = '2020-01-02T03:04:05Z';
const request = {
  inputs: [
    {
      from: { id: '<string>' },
      to: { id: '<string>' },
      types: [{ associationCategory: 'USER_DEFINED', associationTypeId: 123 }],
    },
  ],
};
const reply = {
  completedAt: time,
  results: [
    {
      ...{ fromObjectId: '<string>', fromObjectTypeId: '<string>', labels: ['<string>'] },
      ...{ toObjectId: '<string>', toObjectTypeId: '<string>' },
    },
  ],
  startedAt: time,
  status: 'PENDING',
  errors: [
    {
      ...{ category: '<string>', context: {} },
      errors: [{ message: '<string>', code: '<string>', context: '{a=[b]}', in: '<string>', subCategory: '<string>' }],
      ...{ links: {}, message: '<string>', status: '<string>', id: '<string>', subCategory: {} },
    },
  ],
  ...{ links: {}, numErrors: 123, requestedAt: time },
};

const command = `curl --request POST \\
  --url https://api.hubapi.com${path} \\
  --header 'Authorization: Bearer <token>' \\
  --header 'Content-Type: application/json' \\
  --data '
${JSON.stringify(request, null, 2)}
'`;
const answer = JSON.stringify(reply, null, 2);

/** Name, type, whether it is required, and a description. */
type Field = readonly [string, string, boolean, string?];
const inPath: readonly Field[] = [
  ['fromObjectType', 'string', true],
  ['toObjectType', 'string', true],
];
const inBody: readonly Field[] = [['inputs', 'object[]', true]];
const inReply: readonly Field[] = [
  ['completedAt', 'string<date-time>', true, 'The end.'],
  ['results', 'object[]', true],
  ['startedAt', 'string<date-time>', true, 'The start.'],
  ['status', 'enum<string>', true, 'How far it is.'],
  ['errors', 'object[]', false],
  ['numErrors', 'integer<int32>', false, 'A count.'],
  ['requestedAt', 'string<date-time>', false],
];
const values = ['CANCELED', 'COMPLETE', 'PENDING', 'PROCESSING'];
const hubs = ['Marketing Hub', 'Sales Hub', 'Service Hub', 'Content Hub'];

/** The page as plain text copied from a browser. */
export function textPage(language: Language): string {
  const words = labels[language];
  const list = (fields: readonly Field[]): string[] =>
    fields.flatMap(([name, type, required, about]) => [
      ...[name, type],
      ...(required ? [words.required] : []),
      ...(about === undefined ? [] : ['', about, '']),
      ...(type.startsWith('enum') ? [`${words.options}:`, values.join(',\n')] : []),
    ]);
  return [
    ...[
      'POST',
      ...path
        .slice(1)
        .replaceAll('/', '\n/\n')
        .split('\n')
        .flatMap((part, at) => (at === 0 ? ['/', part] : [part])),
    ],
    ...['', command, answer, '', words.products, ''],
    ...hubs.map((hub) => `${hub}${hub} -${words.free}`),
    ...['', words.authorization, '', 'Authorization', 'string', 'header', words.required, ''],
    ...[words.path, '', ...list(inPath), '', words.body, '', 'application/json', ...list(inBody)],
    ...['', words.reply, '', 'done', '', ...list(inReply), '', words.modified],
  ].join('\n');
}

/** The page as HTML, with lists made of `div` elements. */
export function htmlPage(language: Language): string {
  const words = labels[language];
  const list = (fields: readonly Field[]): string =>
    fields
      .map(
        ([name, type, required, about = '']) =>
          `<div><div><code>${name}</code><span>${escaped(type)}</span>${required ? `<b>${words.required}</b>` : ''}</div>
           <p>${about}</p>${type.startsWith('enum') ? `<p>${words.options}: ${values.map((value) => `<code>${value}</code>`).join(', ')}</p>` : ''}</div>`,
      )
      .join('\n');
  return `<!doctype html><html><head><title>POST</title><script>const a = {"inputs": 1};</script></head><body>
<nav><ul><li>POST</li><li>Archive</li></ul></nav><h1>Create</h1><div><span>POST</span> <code>${path}</code></div>
<pre><code>${escaped(command)}</code></pre><pre><code>${escaped(answer)}</code></pre>
<h2>${words.products}</h2><ul>${hubs.map((hub) => `<li>${hub} - <b>${words.free}</b></li>`).join('')}</ul>
<h2>${words.path}</h2>${list(inPath)}<h2>${words.body}</h2><p>application/json</p>${list(inBody)}
<h2>${words.reply}</h2>${list(inReply)}<footer>${words.modified}</footer></body></html>`;
}

/** The page as Markdown, with lists as tables. */
export function markdownPage(language: Language): string {
  const words = labels[language];
  const list = (fields: readonly Field[]): string =>
    [
      `| name | type | ${words.required} | about |`,
      '|---|---|---|---|',
      ...fields.map(([name, type, required, about = '']) => {
        const options = type.startsWith('enum') ? `${words.options}: ${values.join(', ')}` : '';
        return `| \`${name}\` | \`${type}\` | ${required ? '✓' : ''} | ${about} ${options} |`;
      }),
    ].join('\n');
  return `# Create\n\n**POST** \`${path}\`\n\n\`\`\`sh\n${command}\n\`\`\`\n\n\`\`\`json\n${answer}\n\`\`\`\n
## ${words.products}\n\n${hubs.map((hub) => `- ${hub}: ${words.free}`).join('\n')}\n
## ${words.path}\n\n${list(inPath)}\n\n## ${words.body}\n\n\`application/json\`\n\n${list(inBody)}\n
## ${words.reply}\n\n${list(inReply)}\n\n*${words.modified}*\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Replaces parts of the page. Throws if a part is missing. */
export function edited(page: string, ...replacements: readonly (readonly [string | RegExp, string])[]): string {
  return replacements.reduce((text, [from, to]) => {
    const result = typeof from === 'string' ? text.replace(from, () => to) : text.replace(from, to);
    if (result === text) throw new Error(`The page has no ${String(from)}.`);
    return result;
  }, page);
}

/** A copy of `openapi/` that a patch may edit. */
interface SpecCopy {
  readonly root: string;
  apply(patch: string): void;
  /** Runs `npm run generate` on the copy. */
  generate(): void;
}

/** Gives each test a copy of its own. */
export function useSpecCopy(): SpecCopy {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'spec-drift-'));
    cpSync(join(project, 'openapi'), join(root, 'openapi'), { recursive: true });
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const run = (command: string, args: readonly string[], cwd: string): void => {
    const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 240_000 });
    expect({ command: args[0], status, stderr: status === 0 ? '' : stderr }).toMatchObject({ status: 0, stderr: '' });
  };
  return {
    get root() {
      return root;
    },
    apply: (patch) => {
      writeFileSync(join(root, 'spec.patch'), patch);
      run('git', ['apply', 'spec.patch'], root);
    },
    generate: () => {
      run(process.execPath, ['--import', 'tsx', 'scripts/generate.ts', '--root', root], project);
    },
  };
}
