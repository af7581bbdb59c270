import { here, type Change, type SchemaChange } from './change.js';
import { compareContent } from './compare-content.js';
import type { Context } from './context.js';
import { child, type Parameter, type Reply } from '../openapi/index.js';
import { contentText, schemasOf } from './media-types.js';
import type { Operation } from './operations.js';
import { summaryOf } from './summary.js';

/** Changes of what callers get: statuses, bodies and headers. */
export function compareReplies(context: Context, old: Operation, changed: Operation): Change[] {
  const [before, after] = [repliesOf(old), repliesOf(changed)];
  const places = { oldAt: child(old, 'responses') ?? old, newAt: child(changed, 'responses') ?? changed };
  return [
    ...compareSuccess(context, before.success, after.success, places),
    ...compareErrors(context, before.errors, after.errors, places),
  ];
}

type Replies = ReadonlyMap<string, Reply>;
type Places = Pick<Change, 'oldAt' | 'newAt'>;

/** A description without a success status means its `default` to be one. */
function repliesOf({ replies }: Operation): { success: Replies; errors: Replies } {
  const all = replies.map((reply): [string, Reply] => [reply.status.toUpperCase(), reply]);
  const isSuccess = ([status]: [string, Reply]): boolean => status.startsWith('2');
  const success = all.some(isSuccess) ? isSuccess : ([status]: [string, Reply]) => status === 'DEFAULT';
  return {
    success: new Map(all.filter(success)),
    errors: new Map(all.filter((entry) => !success(entry))),
  };
}

/** A status that goes and one that comes are one move, the lowest of each first. */
function compareSuccess(context: Context, old: Replies, changed: Replies, places: Places): Change[] {
  const removed = [...old.keys()].filter((status) => !changed.has(status)).sort();
  const added = [...changed.keys()].filter((status) => !old.has(status)).sort();
  const moved = Math.min(removed.length, added.length);
  const change = (found: Pick<Change, 'ruleId' | 'old' | 'new'>, part: string): Change => ({
    ...here({
      ...found,
      oldAt: old.get(String(found.old)) ?? places.oldAt,
      newAt: changed.get(String(found.new)) ?? places.newAt,
    }),
    direction: 'reply',
    part,
  });
  return [
    ...removed.map((status, index) => {
      const next = added[index];
      return next === undefined
        ? change({ ruleId: 'success-status-removed', old: status }, `responses/${status}`)
        : change({ ruleId: 'success-status-moved', old: status, new: next }, 'responses');
    }),
    ...added
      .slice(moved)
      .map((status) => change({ ruleId: 'success-status-added', new: status }, `responses/${status}`)),
    ...[...old].flatMap(([status, reply]) => {
      const partner = changed.has(status) ? status : added[removed.indexOf(status)];
      const other = partner === undefined ? undefined : changed.get(partner);
      return other === undefined ? [] : compareReply(context, `responses/${String(partner)}`, reply, other);
    }),
  ];
}

/** A reply whose status is not listed is described by the range or the `default` that is. */
function compareErrors(context: Context, old: Replies, changed: Replies, places: Places): Change[] {
  return [...new Set([...old.keys(), ...changed.keys()])].flatMap((status): Change[] => {
    const [before, after] = [describing(old, status), describing(changed, status)];
    const part = `responses/${status.toLowerCase()}`;
    if (before !== undefined && after !== undefined) return compareReply(context, part, before, after);
    const found =
      before === undefined
        ? here({ ruleId: 'error-status-added', new: status.toLowerCase(), ...places, newAt: after ?? places.newAt })
        : here({ ruleId: 'error-status-removed', old: status.toLowerCase(), ...places, oldAt: before });
    return [{ ...found, direction: 'reply', part }];
  });
}

function describing(replies: Replies, status: string): Reply | undefined {
  return replies.get(status) ?? replies.get(`${status.charAt(0)}XX`) ?? replies.get('DEFAULT');
}

function compareReply(context: Context, part: string, old: Reply, changed: Reply): Change[] {
  const [before, after] = [old, changed].map(({ contents }) => contents.length > 0);
  const places = { oldAt: old, newAt: changed };
  const body = (found: Change['ruleId'], values: Pick<Change, 'old' | 'new'>): Change[] => [
    { ...here({ ruleId: found, ...values, ...places }), direction: 'reply', part },
  ];
  const changes =
    before === after
      ? compareContent(context, part, old, changed)
      : after === true
        ? body('body-added', { new: contentText(changed) })
        : body('body-removed', { old: contentText(old) });
  return [...changes, ...compareHeaders(context, part, old, changed)];
}

function compareHeaders(context: Context, part: string, old: Reply, changed: Reply): Change[] {
  const [before, after] = [headersOf(old), headersOf(changed)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    return compareHeader(context, was, is, { oldAt: was ?? old, newAt: is ?? changed }).map((change): Change => ({
      ...change,
      direction: 'reply',
      part: `${part} headers/${name}`,
    }));
  });
}

function compareHeader(
  context: Context,
  old: Parameter | undefined,
  changed: Parameter | undefined,
  places: Places,
): readonly SchemaChange[] {
  if (old === undefined || changed === undefined) {
    if (changed !== undefined) {
      return [here({ ruleId: 'header-added', new: summaryOf(context.new, schemasOf(changed)), ...places })];
    }
    return [here({ ruleId: 'header-removed', old: summaryOf(context.old, schemasOf(old ?? places.oldAt)), ...places })];
  }
  const ruleId = changed.required ? 'header-became-required' : 'header-became-optional';
  return [
    ...(old.required === changed.required ? [] : [here({ ruleId, ...places })]),
    ...context.compare({ schemas: schemasOf(old), at: old }, { schemas: schemasOf(changed), at: changed }),
  ];
}

function headersOf({ headers }: Reply): Map<string, Parameter> {
  return new Map(
    headers.filter(({ name }) => !/^content-type$/i.test(name)).map((header) => [header.name.toLowerCase(), header]),
  );
}
