import { createAssociationsClient } from '../../dist/src/index.js';

/**
 * Sends requests as fast as the allowance permits, and prints their results and the time from the start of the process
 * to the last reply. Plain JavaScript, because a TypeScript loader would be measured, too.
 *
 * Argument: `{ url, requests, inputsPerRequest, allowance }` as JSON.
 */
const { url, requests, inputsPerRequest, allowance } = JSON.parse(process.argv[2]);

function* pairs(count) {
  const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }];
  for (let contact = 1; contact <= count; contact += 1) {
    yield { from: { id: String(contact) }, to: { id: String(1 + (contact % 1_000)) }, types };
  }
}

const client = createAssociationsClient({ accessToken: 'any', baseUrl: url, allowance });
const summary = await client.createAll({
  fromObjectType: 'contacts',
  toObjectType: 'companies',
  inputs: pairs(requests * inputsPerRequest),
  batchSize: inputsPerRequest,
}).summary;
const durationMs = Math.round(performance.now());
const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1_024);
const { user, system } = process.cpuUsage();
console.log(
  JSON.stringify({
    cpuMs: Math.round((user + system) / 1_000),
    created: summary.created,
    retries: summary.retries,
    durationMs,
    peakMegabytes,
  }),
);
// Kept-alive connections would keep the process alive for a while.
process.exit();
