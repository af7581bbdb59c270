import type { CapturedMember } from './capture.js';
import type { Difference, Edit } from './difference.js';
import { written } from './notation.js';
import { samplePlace, type Shown, type Side } from './side.js';

/** List and sample are generated from one description, so that they differ is worth a look. */
export function contradicts(side: Side, member: CapturedMember, here: Shown, page: string, line: number): Difference[] {
  const at = `${member.schema}.${member.name}`;
  if (side.capture.contradictions.has(`${at}: ${page}`)) return [];
  return [
    side.differ({
      ruleId: 'page-contradicts-itself',
      direction: side.direction,
      pointer: `${side.pointer} ${here.path}`,
      message: `${here.path}: ${page}`,
      old: written(member.type),
      new: page,
      page: { line, part: samplePlace(side) },
      spec: { line: member.line },
      schema: member.schema,
      edits: [contradictionEdit(member.schema, member.name, page)],
    }),
  ];
}

/** Records the contradiction, so that it is known the next time. */
export function contradictionEdit(schema: string, name: string, page: string): Edit {
  return { kind: 'contradiction', at: `${schema}.${name}`, page, taken: 'The list.' };
}

/** What provenance.yaml says of a member that only the list has. */
export const sampleLacks = 'The sample lacks it, the list has it.';
