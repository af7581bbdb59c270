import { here, type Change } from './change.js';
import { child, children, type Node } from '../openapi/index.js';
import type { Operation } from './operations.js';

/** Changes of where a request goes: server, path and method. */
export function compareAddress(old: Operation, changed: Operation): Change[] {
  const places = { oldAt: old, newAt: changed };
  const found = [];
  if (withoutNames(old.path) !== withoutNames(changed.path)) {
    found.push(here({ ruleId: 'path-changed', old: old.path, new: changed.path, ...places }));
  }
  if (old.method !== changed.method) {
    const [before, after] = [old.method.toUpperCase(), changed.method.toUpperCase()];
    found.push(here({ ruleId: 'method-changed', old: before, new: after, ...places }));
  }
  return [
    ...found.map((change): Change => ({ ...change, direction: 'request', part: 'path' })),
    ...compareServers(old, changed),
  ];
}

/** The names of parameters are compared with the parameters. */
function withoutNames(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, '{}');
}

function compareServers(old: Operation, changed: Operation): Change[] {
  const [before, after] = [serversOf(old), serversOf(changed)];
  const removed = [...before].filter(([url]) => !after.has(url));
  const added = [...after].filter(([url]) => !before.has(url));
  const [oldAt, newAt] = [old, changed];
  return [
    ...removed.map(([url, at]) => here({ ruleId: 'server-removed', old: url, oldAt: at, newAt })),
    ...added.map(([url, at]) => here({ ruleId: 'server-added', new: url, oldAt, newAt: at })),
  ].map((change): Change => ({ ...change, direction: 'request', part: 'servers' }));
}

/** The servers nearest to the operation, by URL without the slash at its end. */
function serversOf(operation: Operation): Map<string, Node> {
  const { root } = operation.description;
  const item = child(child(root, 'paths'), operation.path);
  const nearest = [operation, item, root].map((holder) => children(child(holder, 'servers')));
  const servers = nearest.find((list) => list.length > 0) ?? [];
  return new Map(
    servers.map(([, server]) => {
      const url = child(server, 'url')?.value;
      return [typeof url === 'string' ? url.replace(/\/$/, '') : '', server];
    }),
  );
}
