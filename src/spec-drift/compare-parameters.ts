import type { Capture, CapturedMember } from './capture.js';
import type { Difference, Edit, Observed } from './difference.js';
import { written } from './notation.js';
import type { Entry, EntryList, PageFacts } from './page/facts.js';
import { valuesOf } from './page-values.js';

const places = ['path', 'query', 'header', 'cookie'] as const;

/** What the comparison of one list needs. */
interface Context {
  readonly capture: Capture;
  readonly page: PageFacts;
  readonly differ: (observed: Observed) => Difference;
  readonly where: (typeof places)[number];
  /** The part of the page, as provenance.yaml calls it. */
  readonly part: string;
}

/** Compares the lists of parameters, which a page heads by where they are sent. */
export function compareParameters(capture: Capture, page: PageFacts, differ: Context['differ']): Difference[] {
  return places.flatMap((where) => {
    const context: Context = { capture, page, differ, where, part: `${where} parameters` };
    const list = page.lists[where];
    const listed = list === undefined ? [] : compareList(context, list);
    const isRenamed = listed.some(({ finding }) => finding.ruleId === 'parameter-renamed');
    return where === 'path' && !isRenamed ? [...listed, ...renamedInAddress(context)] : listed;
  });
}

function compareList(context: Context, list: EntryList): Difference[] {
  const captured = context.capture.parameters.filter((parameter) => parameter.in === context.where);
  const entryOf = (name: string): Entry | undefined => list.entries.find((entry) => entry.name === name);
  // A list in which the text stops says nothing of what would follow.
  const missing = list.end ? captured.filter(({ name }) => entryOf(name) === undefined) : [];
  const added = list.entries.filter(({ name }) => !captured.some((parameter) => parameter.name === name));
  // A parameter of the path that gets another name is still the same segment.
  const isRenaming = context.where === 'path' && missing.length === added.length;
  return [
    ...missing.map((parameter, index) => {
      const entry = isRenaming ? added[index] : undefined;
      return entry === undefined
        ? removed(context, parameter, list)
        : renamed(context, parameter.name, entry.name, { line: entry.line, part: context.part });
    }),
    ...(isRenaming ? [] : added.map((entry) => addedParameter(context, entry))),
    ...captured.flatMap((parameter) => {
      const entry = entryOf(parameter.name);
      return entry === undefined
        ? []
        : [...compareMark(context, parameter, entry), ...compareType(context, parameter, entry)];
    }),
  ];
}

function removed({ differ, where, part }: Context, { name, line }: CapturedMember, list: EntryList): Difference {
  return differ({
    ruleId: 'parameter-removed',
    direction: 'request',
    pointer: `parameters/${where} ${name}`,
    message: `${where} parameter ${name}: removed`,
    old: name,
    page: { line: list.line, part },
    spec: { line },
    edits: [{ kind: 'parameter-removed', name }],
  });
}

/** The path and the list have to be renamed together, so a page that renames in one place cannot be followed. */
function renamed(
  { capture, page, differ, where }: Context,
  name: string,
  to: string,
  at: Observed['page'],
): Difference {
  const address = page.paths[0]?.value;
  const stillNamed =
    address?.includes(`{${name}}`) === true || page.lists[where]?.entries.some((entry) => entry.name === name);
  const edits: Edit[] = stillNamed === true ? [] : [{ kind: 'parameter-renamed', name, to }];
  return differ({
    ruleId: 'parameter-renamed',
    direction: 'request',
    pointer: `parameters/${where} ${name}`,
    message: `${where} parameter ${name}: renamed to ${to}${stillNamed === true ? ' (elsewhere the page has the former)' : ''}`,
    old: name,
    new: to,
    ...(at === undefined ? {} : { page: at }),
    spec: { line: capture.parameters.find((parameter) => parameter.name === name)?.line ?? 1 },
    edits,
  });
}

/** The path itself names its parameters, too. */
function renamedInAddress(context: Context): Difference[] {
  const names = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const before = names(context.capture.path);
  const [address] = context.page.paths.filter(({ value }) => names(value).length === before.length);
  if (address === undefined) return [];
  return names(address.value).flatMap((to, index) => {
    const name = before[index] ?? to;
    return name === to ? [] : [renamed(context, name, to, { line: address.line, part: 'heading' })];
  });
}

function addedParameter({ capture, differ, where, part }: Context, entry: Entry): Difference {
  const type = entry.type ?? { base: 'string', isEnum: false, depth: 0 };
  const required = entry.required === true;
  return differ({
    ruleId: required ? 'required-parameter-added' : 'optional-parameter-added',
    direction: 'request',
    pointer: `parameters/${where} ${entry.name}`,
    message: `${where} parameter ${entry.name}: added (${written(type)}, ${required ? 'required' : 'optional'})`,
    new: written(type),
    page: { line: entry.line, part },
    spec: { line: capture.parameters[0]?.line ?? 1 },
    edits: [
      {
        kind: 'parameter-added',
        in: where,
        member: { name: entry.name, type, required, values: valuesOf(entry), place: part },
      },
    ],
  });
}

function compareMark({ page, differ, where, part }: Context, parameter: CapturedMember, entry: Entry): Difference[] {
  const marked = Object.values(page.lists).some(({ entries }) => entries.some(({ required }) => required === true));
  const { name, required } = parameter;
  if (!marked || entry.required === 'unknown' || entry.required === required) return [];
  return [
    differ({
      ruleId: entry.required ? 'parameter-became-required' : 'parameter-became-optional',
      direction: 'request',
      pointer: `parameters/${where} ${name}`,
      message: `${where} parameter ${name}: ${entry.required ? 'now' : 'no longer'} marked as required`,
      old: required ? 'required' : 'optional',
      new: entry.required ? 'required' : 'optional',
      page: { line: entry.line, part },
      spec: { line: parameter.requiredLine },
      edits: [{ kind: 'parameter-required', name, to: entry.required }],
    }),
  ];
}

function compareType(
  { differ, where, part }: Context,
  { name, type, line }: CapturedMember,
  entry: Entry,
): Difference[] {
  if (entry.type === undefined || written(entry.type) === written(type)) return [];
  return [
    differ({
      ruleId: 'type-changed',
      direction: 'request',
      pointer: `parameters/${where} ${name}`,
      message: `${where} parameter ${name}: type ${written(type)} becomes ${written(entry.type)}`,
      old: written(type),
      new: written(entry.type),
      page: { line: entry.line, part },
      spec: { line },
      edits: [{ kind: 'parameter-type', name, to: entry.type, values: valuesOf(entry) }],
    }),
  ];
}
