import type { operations as Current } from 'hubspot-associations/schema';
import type { operations as Released } from './schema.js';

// Compiles as long as no operation of the last release has changed so that what was written for it
// breaks: whatever was a request is one, and whatever a reply is now, it was before.

type Requests<Operations> = { [Id in keyof Operations]: Omit<Operations[Id], 'responses'> };
type Replies<Operations> = { [Id in keyof Operations]: Pick<Operations[Id], 'responses' & keyof Operations[Id]> };

export function stillAccepted(requests: Requests<Released>): Pick<Requests<Current>, keyof Released> {
  return requests;
}

export function stillReadable(replies: Pick<Replies<Current>, keyof Released>): Replies<Released> {
  return replies;
}
