import type { Capture, CapturedObject } from '../compare/capture.js';

/** One use of a schema in the operation. */
export interface Use {
  /** The place, such as `requestBody inputs[].from`. */
  readonly owner: string;
  /** The member that refers to the schema; absent for the body itself. */
  readonly by?: { readonly schema: string; readonly member: string };
}

/** Every use of every schema in the request and in the documented reply. */
export function usesOf({ body, reply, status }: Capture): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  collect(body, { owner: 'requestBody ' }, uses);
  collect(reply, { owner: `responses/${status} ` }, uses);
  return uses;
}

function collect(object: CapturedObject, use: Use, uses: Map<string, Use[]>): void {
  uses.set(object.schema, [...(uses.get(object.schema) ?? []), use]);
  for (const member of object.members.values()) {
    if (member.object === undefined) continue;
    const between = use.owner.endsWith(' ') ? '' : '.';
    const owner = `${use.owner}${between}${member.name}${'[]'.repeat(member.type.depth)}`;
    collect(member.object, { owner, by: { schema: object.schema, member: member.name } }, uses);
  }
}
