import { defaultApiVersion } from '../../generated/client.js';
import { associationSpecAssociationCategoryValues as categories } from '../../generated/schema.js';
import { apiVersionNames, checkedApiVersion } from '../client/api-version.js';
import { maximumInputs } from '../client/validate.js';
import { allowanceOrNone } from './allowance.js';
import { associationType } from './association-type.js';
import { objectTypeNames } from './object-type-names.js';
import { many, one, required, text, url, toggle, wholeNumber, type Parse, type Values } from './option.js';

const seconds: Parse<number> = (value, name) => wholeNumber(1, 86_400)(value, name) * 1_000;

const noObjectType = 'name the object type, such as contacts or 0-1.';

/** The options of `create`. */
export const createOptions = {
  from: required(
    { group: 'What to associate', value: 'TYPE', help: 'Object type of the first records, such as contacts or 0-1.', complete: objectTypeNames }, // prettier-ignore
    text,
    noObjectType,
  ),
  to: required(
    { group: 'What to associate', value: 'TYPE', help: 'Object type of the second records, such as companies or 0-2.', complete: objectTypeNames }, // prettier-ignore
    text,
    noObjectType,
  ),
  types: many(
    {
      flag: 'type',
      group: 'What to associate',
      value: 'CATEGORY:ID',
      help: 'Association type of rows that name none, such as HUBSPOT_DEFINED:279. "hubspot-associations types contacts companies" lists the ids of a direction.',
      complete: categories.map((category) => `${category}:`),
    },
    associationType,
  ),
  skipTypeCheck: toggle({
    group: 'What to associate',
    help: 'Accept object types and association types that HubSpot does not document.',
  }),
  fromColumn: one(
    {
      group: 'Column names',
      value: 'NAME',
      help: 'The CSV column with the ids of the first records.',
      default: 'from_id',
    },
    text,
  ),
  toColumn: one(
    {
      group: 'Column names',
      value: 'NAME',
      help: 'The CSV column with the ids of the second records.',
      default: 'to_id',
    },
    text,
  ),
  categoryColumn: one(
    {
      group: 'Column names',
      value: 'NAME',
      help: 'The CSV column with the category of the association type, where rows name their own.',
      default: 'category',
    },
    text,
  ),
  typeIdColumn: one(
    {
      group: 'Column names',
      value: 'NAME',
      help: 'The CSV column with the id of the association type.',
      default: 'type_id',
    },
    text,
  ),
  ledger: one(
    {
      group: 'Results and resuming',
      value: 'PATH',
      help: 'Record the outcome of each row in this file, so that the same command resumes after a stop or a crash.',
      excludes: ['dry-run'],
      complete: 'file',
    },
    text,
  ),
  renewedToken: toggle({
    group: 'Results and resuming',
    help: 'Resume the ledger with another access token of the same account.',
  }),
  report: one(
    {
      group: 'Results and resuming',
      value: 'PATH.html',
      help: 'Write a self-contained HTML page that shows the outcomes and the pace of the run.',
      excludes: ['dry-run'],
      complete: 'file',
    },
    text,
  ),
  rejects: one(
    {
      group: 'Results and resuming',
      value: 'PATH.csv',
      help: 'Write every row that was not associated to this file, with the reason. Correct it, and pass it to create.',
      complete: 'file',
    },
    text,
  ),
  results: one(
    {
      group: 'Results and resuming',
      value: 'PATH.csv',
      help: 'Write every row to this file, with its outcome.',
      excludes: ['dry-run'],
      complete: 'file',
    },
    text,
  ),
  dryRun: toggle({
    group: 'Trying it out',
    help: 'Check the file and print what would be sent: requests, time, types. Sends nothing. Exits with 0 if every row can be sent, otherwise with 2.',
    excludes: ['simulate'],
  }),
  simulate: toggle({
    group: 'Trying it out',
    help: 'Use an in-memory account, where every record exists except those whose id begins with 999.',
    excludes: ['base-url'],
  }),
  allowance: one(
    {
      group: 'Pace and retries',
      value: 'N/SECONDS',
      help: 'Maximum requests in any window of SECONDS, such as 190/10, or none for no limit.',
      default: "100/10, HubSpot's lowest limit",
    },
    allowanceOrNone,
  ),
  batchSize: one(
    {
      group: 'Pace and retries',
      value: 'N',
      help: `Rows per request, at most ${String(maximumInputs)}.`,
      default: String(maximumInputs),
    },
    wholeNumber(1, maximumInputs),
  ),
  concurrency: one(
    { group: 'Pace and retries', value: 'N', help: 'Concurrent requests.', default: 'the requests of the allowance, at most 250' }, // prettier-ignore
    wholeNumber(1, 1_000),
  ),
  maxAttempts: one(
    {
      group: 'Pace and retries',
      value: 'N',
      help: 'Maximum attempts per request, for transient failures.',
      default: '8',
    },
    wholeNumber(1, 1_000),
  ),
  timeoutMs: one(
    {
      flag: 'timeout',
      group: 'Pace and retries',
      value: 'SECONDS',
      help: 'Time limit per attempt.',
      default: '120',
    },
    seconds,
  ),
  baseUrl: one({ group: 'Access', value: 'URL', help: 'The API to call.', default: "HubSpot's" }, url),
  apiVersion: one(
    {
      group: 'Access',
      value: 'VERSION',
      help: `The version of the API: ${apiVersionNames.join(' or ')}.`,
      default: defaultApiVersion,
      complete: apiVersionNames,
    },
    (value, name) => checkedApiVersion(name, value),
  ),
  envFile: one(
    {
      group: 'Access',
      value: 'PATH',
      help: 'Read variables that are not set, such as HUBSPOT_ACCESS_TOKEN, from this file.',
      complete: 'file',
    },
    text,
  ),
  json: toggle({
    group: 'Output',
    help: 'Print only JSON: a line of progress every ten seconds, and a line with the summary at the end.',
  }),
  quiet: toggle({ group: 'Output', help: 'Print no progress.' }),
};

/** The arguments of `create`. */
export interface CreateArguments extends Values<typeof createOptions> {
  readonly file: string;
  /** The arguments as given. */
  readonly given: readonly string[];
}
