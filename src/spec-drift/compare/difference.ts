import { createHash } from 'node:crypto';
import { type Capture, captureFile } from './capture.js';
import type { Direction, Finding } from '../../spec-diff/index.js';
import type { Notation } from '../page/notation.js';
import { type RuleId, severityOf } from './rules.js';
import type { SampleNode } from '../page/sample-node.js';

/** An edit of the capture and of provenance.yaml that makes them agree with the page. */
export type Edit =
  | ({ readonly kind: 'path'; readonly to: string } & WithElsewhere)
  | ({ readonly kind: 'method'; readonly to: string } & WithElsewhere)
  | { readonly kind: 'server'; readonly to: string }
  | ({ readonly kind: 'media-type'; readonly to: string } & WithElsewhere)
  | { readonly kind: 'scheme'; readonly to: string }
  | { readonly kind: 'status'; readonly to: string }
  | { readonly kind: 'product'; readonly name: string; readonly to: string | undefined }
  | { readonly kind: 'modified'; readonly to: string }
  | { readonly kind: 'contradiction'; readonly at: string; readonly page: string; readonly taken: string }
  | { readonly kind: 'parameter-added'; readonly in: string; readonly member: NewMember }
  | { readonly kind: 'parameter-removed'; readonly name: string }
  | { readonly kind: 'parameter-renamed'; readonly name: string; readonly to: string }
  | { readonly kind: 'parameter-required'; readonly name: string; readonly to: boolean }
  | {
      readonly kind: 'parameter-type';
      readonly name: string;
      readonly to: Notation;
      readonly values: readonly string[];
    }
  | ({ readonly kind: 'member-added'; readonly member: NewMember } & InSchema)
  | ({ readonly kind: 'member-removed'; readonly name: string } & InSchema)
  | ({ readonly kind: 'required'; readonly name: string; readonly to: boolean } & InSchema)
  | ({
      readonly kind: 'type';
      readonly name: string;
      readonly to: Notation;
      readonly values: readonly string[];
    } & InSchema);

/** The edits of a schema member. */
export type SchemaEdit = Extract<Edit, { readonly schema: string }>;

/** The other value, if the page contradicts itself. */
interface WithElsewhere {
  readonly elsewhere: string | undefined;
}

/** Where a member is declared and used. */
interface InSchema {
  readonly schema: string;
  /** The place of the object that has the member, such as `requestBody inputs[].from`. */
  readonly owner: string;
}

/** A member or parameter that only the page documents. */
export interface NewMember {
  readonly name: string;
  readonly type: Notation;
  readonly required: boolean;
  readonly values: readonly string[];
  /** The part of the page that documents it, as named in provenance.yaml. */
  readonly place: string;
  /** Its value in the sample. */
  readonly sample?: SampleNode;
  /** Its members, according to the list. */
  readonly members?: readonly NewMember[];
}

/** A finding and the edits that resolve it, if there are any. */
export interface Difference {
  readonly finding: Finding;
  readonly edits: readonly Edit[];
  /** False for products and the date of the page, which are not part of the contract. */
  readonly contract: boolean;
}

/** The details of a difference. */
export interface DifferenceDetails {
  readonly ruleId: RuleId;
  readonly direction: Direction;
  readonly pointer: string;
  readonly message: string;
  readonly old?: unknown;
  readonly new?: unknown;
  /** The line and the part of the page. */
  readonly page?: { readonly line: number; readonly part: string };
  /** The line of the spec. */
  readonly spec: { readonly line: number; readonly file?: string };
  readonly schema?: string;
  readonly edits?: readonly Edit[];
}

/** Returns a function that creates the differences between one page and one operation. */
export function differenceFactory(capture: Capture, pageName: string): (details: DifferenceDetails) => Difference {
  const operation = `${capture.method.toUpperCase()} ${capture.path}`;
  return ({ ruleId, direction, pointer, message, page, spec, schema, edits = [], ...values }) => {
    const identity = [ruleId, operation, pointer, values.old ?? null, values.new ?? null];
    const fingerprint = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 12);
    const finding: Finding = {
      ruleId,
      direction,
      severity: severityOf(ruleId, direction),
      fingerprint,
      operation,
      pointer,
      alsoAt: [],
      message,
      ...values,
      oldPlace: { file: spec.file ?? captureFile, line: spec.line, pointer },
      ...(page === undefined ? {} : { newPlace: { file: pageName, line: page.line, pointer: page.part } }),
      affects: [
        ...(schema === undefined ? [] : [`components["schemas"]["${schema}"]`]),
        `operations.${capture.operationId}`,
      ],
    };
    const contract = direction !== 'operation';
    return { finding, contract, edits };
  };
}
