import type { Capture, CapturedObject } from './capture.js';
import type { Sample } from '../page/facts.js';

/** The samples of a page, by what they show. */
export interface AssignedSamples {
  readonly request: readonly Sample[];
  readonly reply: readonly Sample[];
  /** Samples of error replies, and of anything else. */
  readonly other: readonly Sample[];
}

/** The sample that a command sends is the request. The others are assigned by their members. */
export function assignSamples(samples: readonly Sample[], { body, reply }: Capture): AssignedSamples {
  const assigned: Record<keyof AssignedSamples, Sample[]> = { request: [], reply: [], other: [] };
  for (const sample of samples) assigned[sideOf(sample, body, reply, assigned.reply.length > 0)].push(sample);
  // A truncated second copy adds nothing.
  return { ...assigned, request: preferComplete(assigned.request), reply: preferComplete(assigned.reply) };
}

function sideOf(
  { root, sent }: Sample,
  body: CapturedObject,
  reply: CapturedObject,
  hasReply: boolean,
): keyof AssignedSamples {
  if (sent) return 'request';
  const names = [...(root.members?.keys() ?? [])];
  const share = ({ members }: CapturedObject): number =>
    names.filter((name) => members.has(name)).length / members.size;
  if (names.includes('category') && names.includes('message') && !names.includes('results')) return 'other';
  if (share(body) > share(reply)) return 'request';
  return share(reply) > 0 || !hasReply ? 'reply' : 'other';
}

function preferComplete(samples: readonly Sample[]): readonly Sample[] {
  const isComplete = samples.filter((sample) => sample.isComplete);
  return isComplete.length > 0 ? isComplete : samples;
}
