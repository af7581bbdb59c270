import { createAssociationsClient } from '../../dist/src/index.js';

/**
 * Sends requests as fast as the allowance lets them go, and prints what became of them and the time
 * from the start of the process to the last reply. Plain JavaScript: a loader of TypeScript would be
 * measured as well.
 *
 * Argument: `{ url, requests, inputsInRequest, allowance }` as JSON.
 */
const { url, requests, inputsInRequest, allowance } = JSON.parse(process.argv[2]);

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
  inputs: pairs(requests * inputsInRequest),
  batchSize: inputsInRequest,
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
// Connections that are kept alive would hold the process for a while.
process.exit();
