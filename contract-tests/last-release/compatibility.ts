import type { operations as Current } from 'hubspot-associations/schema';
import type { operations as Released } from './schema.js';

// Compiles as long as no operation has a breaking change since the last release: every request of that release is still
// valid, and every reply of today was valid then.

type Requests<Operations> = { [Id in keyof Operations]: Omit<Operations[Id], 'responses'> };
type Replies<Operations> = { [Id in keyof Operations]: Pick<Operations[Id], 'responses' & keyof Operations[Id]> };

export function stillAccepted(requests: Requests<Released>): Pick<Requests<Current>, keyof Released> {
  return requests;
}

export function stillReadable(replies: Pick<Replies<Current>, keyof Released>): Replies<Released> {
  return replies;
}
