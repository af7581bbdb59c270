import type { Capture, CapturedMember } from './capture.js';
import type { Difference, Edit, DifferenceDetails } from './difference.js';
import { formatType } from '../page/notation.js';
import type { Entry, EntryList, PageFacts } from '../page/facts.js';
import { valuesOf } from './page-values.js';

const locations = ['path', 'query', 'header', 'cookie'] as const;

/** The context in which one list is compared. */
interface Context {
  readonly capture: Capture;
  readonly page: PageFacts;
  readonly createDifference: (details: DifferenceDetails) => Difference;
  readonly location: (typeof locations)[number];
  /** The part of the page, as named in provenance.yaml. */
  readonly part: string;
}

/** Compares the parameter lists. A page has one list per location. */
export function compareParameters(
  capture: Capture,
  page: PageFacts,
  createDifference: Context['createDifference'],
): Difference[] {
  return locations.flatMap((location) => {
    const context: Context = { capture, page, createDifference, location, part: `${location} parameters` };
    const list = page.lists[location];
    const listed = list === undefined ? [] : compareList(context, list);
    const isRenamed = listed.some(({ finding }) => finding.ruleId === 'parameter-renamed');
    return location === 'path' && !isRenamed ? [...listed, ...renamedInPath(context)] : listed;
  });
}

function compareList(context: Context, list: EntryList): Difference[] {
  const captured = context.capture.parameters.filter((parameter) => parameter.in === context.location);
  const entryOf = (name: string): Entry | undefined => list.entries.find((entry) => entry.name === name);
  // A truncated list does not show which parameters are missing.
  const missing = list.isComplete ? captured.filter(({ name }) => entryOf(name) === undefined) : [];
  const added = list.entries.filter(({ name }) => !captured.some((parameter) => parameter.name === name));
  // A renamed path parameter keeps its position in the path.
  const isRename = context.location === 'path' && missing.length === added.length;
  return [
    ...missing.map((parameter, index) => {
      const entry = isRename ? added[index] : undefined;
      return entry === undefined
        ? removed(context, parameter, list)
        : renamed(context, parameter.name, entry.name, { line: entry.line, part: context.part });
    }),
    ...(isRename ? [] : added.map((entry) => addedParameter(context, entry))),
    ...captured.flatMap((parameter) => {
      const entry = entryOf(parameter.name);
      return entry === undefined
        ? []
        : [...compareMark(context, parameter, entry), ...compareType(context, parameter, entry)];
    }),
  ];
}

function removed(
  { createDifference, location, part }: Context,
  { name, line }: CapturedMember,
  list: EntryList,
): Difference {
  return createDifference({
    ruleId: 'parameter-removed',
    direction: 'request',
    pointer: `parameters/${location} ${name}`,
    message: `${location} parameter ${name}: removed`,
    old: name,
    page: { line: list.line, part },
    spec: { line },
    edits: [{ kind: 'parameter-removed', name }],
  });
}

/** Creates no edit if the page renames the parameter only in the path or only in the list. */
function renamed(
  { capture, page, createDifference, location }: Context,
  name: string,
  to: string,
  at: DifferenceDetails['page'],
): Difference {
  const address = page.paths[0]?.value;
  const stillNamed =
    address?.includes(`{${name}}`) === true || page.lists[location]?.entries.some((entry) => entry.name === name);
  const edits: Edit[] = stillNamed === true ? [] : [{ kind: 'parameter-renamed', name, to }];
  return createDifference({
    ruleId: 'parameter-renamed',
    direction: 'request',
    pointer: `parameters/${location} ${name}`,
    message: `${location} parameter ${name}: renamed to ${to}${stillNamed === true ? ' (the page still has the old name elsewhere)' : ''}`,
    old: name,
    new: to,
    ...(at === undefined ? {} : { page: at }),
    spec: { line: capture.parameters.find((parameter) => parameter.name === name)?.line ?? 1 },
    edits,
  });
}

/** Parameters that have another name in the path on the page. */
function renamedInPath(context: Context): Difference[] {
  const names = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const before = names(context.capture.path);
  const [address] = context.page.paths.filter(({ value }) => names(value).length === before.length);
  if (address === undefined) return [];
  return names(address.value).flatMap((to, index) => {
    const name = before[index] ?? to;
    return name === to ? [] : [renamed(context, name, to, { line: address.line, part: 'heading' })];
  });
}

function addedParameter({ capture, createDifference, location, part }: Context, entry: Entry): Difference {
  const type = entry.type ?? { base: 'string', isEnum: false, depth: 0 };
  const required = entry.required === true;
  return createDifference({
    ruleId: required ? 'required-parameter-added' : 'optional-parameter-added',
    direction: 'request',
    pointer: `parameters/${location} ${entry.name}`,
    message: `${location} parameter ${entry.name}: added (${formatType(type)}, ${required ? 'required' : 'optional'})`,
    new: formatType(type),
    page: { line: entry.line, part },
    spec: { line: capture.parameters[0]?.line ?? 1 },
    edits: [
      {
        kind: 'parameter-added',
        in: location,
        member: { name: entry.name, type, required, values: valuesOf(entry), place: part },
      },
    ],
  });
}

function compareMark(
  { page, createDifference, location, part }: Context,
  parameter: CapturedMember,
  entry: Entry,
): Difference[] {
  const marked = Object.values(page.lists).some(({ entries }) => entries.some(({ required }) => required === true));
  const { name, required } = parameter;
  if (!marked || entry.required === 'unknown' || entry.required === required) return [];
  return [
    createDifference({
      ruleId: entry.required ? 'parameter-became-required' : 'parameter-became-optional',
      direction: 'request',
      pointer: `parameters/${location} ${name}`,
      message: `${location} parameter ${name}: ${entry.required ? 'now' : 'no longer'} marked as required`,
      old: required ? 'required' : 'optional',
      new: entry.required ? 'required' : 'optional',
      page: { line: entry.line, part },
      spec: { line: parameter.requiredLine },
      edits: [{ kind: 'parameter-required', name, to: entry.required }],
    }),
  ];
}

function compareType(
  { createDifference, location, part }: Context,
  { name, type, line }: CapturedMember,
  entry: Entry,
): Difference[] {
  if (entry.type === undefined || formatType(entry.type) === formatType(type)) return [];
  return [
    createDifference({
      ruleId: 'type-changed',
      direction: 'request',
      pointer: `parameters/${location} ${name}`,
      message: `${location} parameter ${name}: type ${formatType(type)} becomes ${formatType(entry.type)}`,
      old: formatType(type),
      new: formatType(entry.type),
      page: { line: entry.line, part },
      spec: { line },
      edits: [{ kind: 'parameter-type', name, to: entry.type, values: valuesOf(entry) }],
    }),
  ];
}
