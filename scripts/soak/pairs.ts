import type { AssociationInput } from '../../src/index.js';

/** Contacts from 1 on, each with one of a thousand companies. */
export function* pairs(count: number): Generator<AssociationInput, void> {
  for (let contact = 1; contact <= count; contact += 1) {
    yield {
      from: { id: String(contact) },
      to: { id: String(1 + (contact % 1_000)) },
      types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }],
    };
  }
}
