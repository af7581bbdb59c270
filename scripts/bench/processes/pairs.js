/** Pairs per request: the maximum of the API. */
export const batchSize = 2_000;

export const path = '/crm/associations/2025-09/contacts/companies/batch/create';

/**
 * Pairs each contact with one of a thousand companies.
 *
 * @param {number} count
 */
export function* pairs(count) {
  for (let index = 0; index < count; index += 1) {
    yield {
      from: { id: String(100_000_000 + index) },
      to: { id: String(1 + (index % 1_000)) },
      types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }],
    };
  }
}

/** @param {number} count */
export function* batches(count) {
  let batch = [];
  for (const pair of pairs(count)) {
    batch.push(pair);
    if (batch.length < batchSize) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
