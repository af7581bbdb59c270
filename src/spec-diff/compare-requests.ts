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
  const named = before ?? after;
  const part = `parameters/${textOf(named, 'in')}/${textOf(named, 'name')}`;
  const places = { oldAt: before ?? old.at, newAt: after ?? changed.at };
  return parameterChanges(context, before, after, places).map((change) => ({ ...change, direction: 'request', part }));
}

function parameterChanges(
  context: Context,
  old: Node | undefined,
  changed: Node | undefined,
  places: Pick<Change, 'oldAt' | 'newAt'>,
): readonly SchemaChange[] {
  if (old === undefined || changed === undefined) {
    if (changed === undefined) {
      const summary = old && summaryOf(context.old, schemasOf(old));
      return [here({ ruleId: 'parameter-removed', old: summary, ...places })];
    }
    const ruleId = isRequired(changed) ? 'required-parameter-added' : 'optional-parameter-added';
    return [here({ ruleId, new: summaryOf(context.new, schemasOf(changed)), ...places })];
  }
  const found = [];
  const names = { old: textOf(old, 'name'), new: textOf(changed, 'name') };
  const written = { old: serialization(old), new: serialization(changed) };
  if (textOf(old, 'in') === 'path' && names.old !== names.new) {
    found.push(here({ ruleId: 'parameter-renamed', ...names, ...places }));
  }
  if (isRequired(old) !== isRequired(changed)) {
    const ruleId = isRequired(changed) ? 'parameter-became-required' : 'parameter-became-optional';
    found.push(here({ ruleId, ...places }));
  }
  if (written.old !== written.new) {
    found.push(here({ ruleId: 'parameter-serialized-differently', ...written, ...places }));
  }
  const said = { old: { schemas: schemasOf(old), at: old }, new: { schemas: schemasOf(changed), at: changed } };
  return [...found, ...context.compare(said.old, said.new)];
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

function textOf(node: Node | undefined, key: string): string {
  const value = node && child(node, key)?.value;
  return typeof value === 'string' ? value : '';
}
