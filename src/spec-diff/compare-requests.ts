import { here, type Change, type SchemaChange } from './change.js';
import type { Context } from './context.js';
import { child, follow, type Node } from './description.js';
import { compareContent } from './compare-content.js';
import { contentText, mediaTypesOf, schemasOf } from './media-types.js';
import type { Operation } from './operations.js';
import { summaryOf } from './summary.js';

/** Changes of what callers send: parameters and body. */
export function compareRequests(context: Context, old: Operation, changed: Operation): Change[] {
  const keys = [...new Set([...old.parameters.keys(), ...changed.parameters.keys()])];
  return [
    ...keys.flatMap((key) => compareParameter(context, old, changed, key)),
    ...compareBody(context, old, changed),
  ];
}

function compareParameter(context: Context, old: Operation, changed: Operation, key: string): Change[] {
  const [before, after] = [old.parameters.get(key), changed.parameters.get(key)];
  const places = { oldAt: before ?? old.at, newAt: after ?? changed.at };
  const part = `parameters/${textOf(places.oldAt === old.at ? after : before, 'in')}/${textOf(before ?? after, 'name')}`;
  const changes = ((): readonly SchemaChange[] => {
    if (before === undefined || after === undefined) {
      if (after === undefined)
        return [here({ ruleId: 'parameter-removed', old: summary(context, 'old', before), ...places })];
      const ruleId = isRequired(after) ? 'required-parameter-added' : 'optional-parameter-added';
      return [here({ ruleId, new: summary(context, 'new', after), ...places })];
    }
    const found = [];
    const [was, is] = [serialization(before), serialization(after)];
    const [name, newName] = [textOf(before, 'name'), textOf(after, 'name')];
    if (key.startsWith('path/') && name !== newName) {
      found.push(here({ ruleId: 'parameter-renamed', old: name, new: newName, ...places }));
    }
    if (isRequired(before) !== isRequired(after)) {
      const ruleId = isRequired(after) ? 'parameter-became-required' : 'parameter-became-optional';
      found.push(here({ ruleId, ...places }));
    }
    if (was !== is) found.push(here({ ruleId: 'parameter-serialized-differently', old: was, new: is, ...places }));
    return [
      ...found,
      ...context.compare({ schemas: schemasOf(before), at: before }, { schemas: schemasOf(after), at: after }),
    ];
  })();
  return changes.map((change) => ({ ...change, direction: 'request', part }));
}

function isRequired(parameter: Node): boolean {
  return child(parameter, 'in')?.value === 'path' || child(parameter, 'required')?.value === true;
}

/** How the value is written; a description may leave out what goes without saying. */
function serialization(parameter: Node): string {
  const [mediaType] = mediaTypesOf(parameter).map(([name]) => name);
  if (mediaType !== undefined) return mediaType;
  const isForm = ['query', 'cookie'].includes(textOf(parameter, 'in'));
  const style = textOf(parameter, 'style') || (isForm ? 'form' : 'simple');
  const explode = child(parameter, 'explode')?.value ?? style === 'form';
  const reserved = child(parameter, 'allowReserved')?.value === true ? ', reserved characters as they are' : '';
  return `style ${style}${explode === true ? ', exploded' : ''}${reserved}`;
}

function compareBody(context: Context, old: Operation, changed: Operation): Change[] {
  const [before, after] = [bodyOf(old), bodyOf(changed)];
  const places = { oldAt: before ?? old.at, newAt: after ?? changed.at };
  const required = (body: Node): boolean => child(body, 'required')?.value === true;
  const change = (ruleId: Change['ruleId'], values: Pick<Change, 'old' | 'new'> = {}): Change[] => [
    { ...here({ ruleId, ...values, ...places }), direction: 'request', part: 'requestBody' },
  ];
  if (before === undefined || after === undefined) {
    if (before !== undefined) return change('body-removed', { old: contentText(before) });
    if (after === undefined) return [];
    return change(required(after) ? 'required-body-added' : 'body-added', { new: contentText(after) });
  }
  const requiredness =
    required(before) === required(after)
      ? []
      : change(required(after) ? 'body-became-required' : 'body-became-optional');
  return [...requiredness, ...compareContent(context, 'requestBody', before, after)];
}

function bodyOf({ description, at }: Operation): Node | undefined {
  const body = child(at, 'requestBody');
  return body && follow(description, body);
}

function summary(context: Context, side: 'old' | 'new', parameter: Node | undefined): string {
  return parameter === undefined ? '' : summaryOf(context[side], schemasOf(parameter));
}

function textOf(node: Node | undefined, key: string): string {
  const value = node && child(node, key)?.value;
  return typeof value === 'string' ? value : '';
}
