import type { Capture, CapturedObject } from './capture.js';
import type { Sample } from './page/facts.js';

/** The samples of a page, by what they are samples of. */
export interface SharedSamples {
  readonly request: readonly Sample[];
  readonly reply: readonly Sample[];
  /** Samples of error replies, and others that are none of the two. */
  readonly other: readonly Sample[];
}

/** A command sends the request; what else there is goes by its members. */
export function shareSamples(samples: readonly Sample[], { body, reply }: Capture): SharedSamples {
  const shared: Record<keyof SharedSamples, Sample[]> = { request: [], reply: [], other: [] };
  for (const sample of samples) shared[sideOf(sample, body, reply, shared.reply.length > 0)].push(sample);
  // A second copy that stops in the middle says nothing that the first does not.
  return { ...shared, request: wholeOnes(shared.request), reply: wholeOnes(shared.reply) };
}

function sideOf(
  { root, sent }: Sample,
  body: CapturedObject,
  reply: CapturedObject,
  replied: boolean,
): keyof SharedSamples {
  if (sent) return 'request';
  const names = [...(root.members?.keys() ?? [])];
  const share = ({ members }: CapturedObject): number =>
    names.filter((name) => members.has(name)).length / members.size;
  if (names.includes('category') && names.includes('message') && !names.includes('results')) return 'other';
  if (share(body) > share(reply)) return 'request';
  return share(reply) > 0 || !replied ? 'reply' : 'other';
}

function wholeOnes(samples: readonly Sample[]): readonly Sample[] {
  const whole = samples.filter((sample) => sample.whole);
  return whole.length > 0 ? whole : samples;
}
