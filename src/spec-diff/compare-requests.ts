import { here, type Change, type SchemaChange } from './change.js';
import type { Context } from './context.js';
import type { Parameter } from '../openapi/index.js';
import { compareContent } from './compare-content.js';
import { contentText, mediaTypesOf, schemasOf } from './media-types.js';
import type { Operation } from './operations.js';
import { summaryOf } from './summary.js';

/** Changes of what callers send: parameters and body. */
export function compareRequests(context: Context, old: Operation, changed: Operation): Change[] {
  const keys = [...new Set([...old.onWire.keys(), ...changed.onWire.keys()])];
  return [
    ...keys.flatMap((key) => compareParameter(context, old, changed, key)),
    ...compareBody(context, old, changed),
  ];
}

function compareParameter(context: Context, old: Operation, changed: Operation, key: string): Change[] {
  const [before, after] = [old.onWire.get(key), changed.onWire.get(key)];
  const named = before ?? after;
  const part = `parameters/${named?.in ?? ''}/${named?.name ?? ''}`;
  const places = { oldAt: before ?? old, newAt: after ?? changed };
  return parameterChanges(context, before, after, places).map((change) => ({ ...change, direction: 'request', part }));
}

function parameterChanges(
  context: Context,
  old: Parameter | undefined,
  changed: Parameter | undefined,
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
  const names = { old: old.name, new: changed.name };
  const written = { old: serialization(old), new: serialization(changed) };
  if (old.in === 'path' && names.old !== names.new) {
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

function isRequired({ in: place, required }: Parameter): boolean {
  return place === 'path' || required;
}

/** How the value is written; a description may leave out what goes without saying. */
function serialization(parameter: Parameter): string {
  const [mediaType] = mediaTypesOf(parameter).map(([name]) => name);
  if (mediaType !== undefined) return mediaType;
  const isForm = ['query', 'cookie'].includes(parameter.in);
  const stated = parameter.value['style'];
  const style = typeof stated === 'string' && stated !== '' ? stated : isForm ? 'form' : 'simple';
  const explode = parameter.value['explode'] ?? style === 'form';
  const reserved = parameter.value['allowReserved'] === true ? ', reserved characters as they are' : '';
  return `style ${style}${explode === true ? ', exploded' : ''}${reserved}`;
}

function compareBody(context: Context, old: Operation, changed: Operation): Change[] {
  const [before, after] = [old.body, changed.body];
  const places = { oldAt: before ?? old, newAt: after ?? changed };
  const change = (ruleId: Change['ruleId'], values: Pick<Change, 'old' | 'new'> = {}): Change[] => [
    { ...here({ ruleId, ...values, ...places }), direction: 'request', part: 'requestBody' },
  ];
  if (before === undefined || after === undefined) {
    if (before !== undefined) return change('body-removed', { old: contentText(before) });
    if (after === undefined) return [];
    return change(after.required ? 'required-body-added' : 'body-added', { new: contentText(after) });
  }
  const requiredness =
    before.required === after.required ? [] : change(after.required ? 'body-became-required' : 'body-became-optional');
  return [...requiredness, ...compareContent(context, 'requestBody', before, after)];
}
