import { clientOf, type ClientCall } from '../judges/client-calls.js';
import type { JsonObject } from '../spec/document.js';
import type { RequestParts } from '../values/request-parts.js';
import type { Subject } from '../judges/subject.js';

/** Something that the client does, which no schema says. */
export interface Claim {
  readonly title: string;
  run(subject: Subject): Promise<void>;
}

/** The call that is written by hand, and what to call it with. */
export interface Setting {
  readonly call: ClientCall;
  readonly request: RequestParts;
  /** A body of the status 201 that conforms. */
  readonly complete: JsonObject;
  readonly servers: readonly string[];
}

/** What a call came to. */
interface Outcome {
  readonly result: unknown;
  readonly error: unknown;
  readonly pointers: readonly string[];
  readonly sent: readonly Request[];
}

/** Makes the call, and answers it. */
export async function outcomeOf(
  subject: Subject,
  { call, request }: Setting,
  answer: () => Response,
): Promise<Outcome> {
  const sent: Request[] = [];
  const { client, deviations } = clientOf(subject, (outgoing) => {
    sent.push(outgoing);
    return new Promise((resolve) => {
      resolve(answer());
    });
  });
  const settled = await call.send(client, request).then(
    (result: unknown) => ({ result, error: undefined }),
    (error: unknown) => ({ result: undefined, error }),
  );
  return { ...settled, pointers: deviations().map(({ pointer }) => pointer), sent };
}
