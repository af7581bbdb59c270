import type { CapturedMember } from './capture.js';
import type { Difference, Edit } from './difference.js';
import { formatType } from '../page/notation.js';
import { samplePlace, type Excerpt, type Side } from './side.js';

/** Reports that list and sample differ, although HubSpot generates both from the same description. */
export function contradicts(
  side: Side,
  member: CapturedMember,
  excerpt: Excerpt,
  page: string,
  line: number,
): Difference[] {
  const at = `${member.schema}.${member.name}`;
  if (side.capture.contradictions.has(`${at}: ${page}`)) return [];
  return [
    side.createDifference({
      ruleId: 'page-contradicts-itself',
      direction: side.direction,
      pointer: `${side.pointer} ${excerpt.path}`,
      message: `${excerpt.path}: ${page}`,
      old: formatType(member.type),
      new: page,
      page: { line, part: samplePlace(side) },
      spec: { line: member.line },
      schema: member.schema,
      edits: [contradictionEdit(member.schema, member.name, page)],
    }),
  ];
}

/** Records the contradiction so that later runs do not report it. */
export function contradictionEdit(schema: string, name: string, page: string): Edit {
  return { kind: 'contradiction', at: `${schema}.${name}`, page, taken: 'The list.' };
}

/** The sentence in provenance.yaml for a member that only the list has. */
export const sampleLacks = 'The sample lacks it, the list has it.';
