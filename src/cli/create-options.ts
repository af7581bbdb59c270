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
    help: 'Take object types and association types that HubSpot does not document so.',
  }),
  fromColumn: one(
    {
      group: 'What the file calls things',
      value: 'NAME',
      help: 'The CSV column with the ids of the first records.',
      default: 'from_id',
    },
    text,
  ),
  toColumn: one(
    {
      group: 'What the file calls things',
      value: 'NAME',
      help: 'The CSV column with the ids of the second records.',
      default: 'to_id',
    },
    text,
  ),
  categoryColumn: one(
    {
      group: 'What the file calls things',
      value: 'NAME',
      help: 'The CSV column with the category of the association type, where rows name their own.',
      default: 'category',
    },
    text,
  ),
  typeIdColumn: one(
    {
      group: 'What the file calls things',
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
      help: 'Remember there what became of each row, so that the same command goes on where it stopped, or was killed.',
      excludes: ['dry-run'],
      complete: 'file',
    },
    text,
  ),
  renewedToken: toggle({
    group: 'Results and resuming',
    help: "The ledger's access token has been replaced by another of the same account.",
  }),
  report: one(
    {
      group: 'Results and resuming',
      value: 'PATH.html',
      help: 'Write a page there that shows what became of the rows, and how fast: one file, for a browser.',
      excludes: ['dry-run'],
      complete: 'file',
    },
    text,
  ),
  rejects: one(
    {
      group: 'Results and resuming',
      value: 'PATH.csv',
      help: 'Write every row that was not associated there, with the reason. Correct it, and give it to create again.',
      complete: 'file',
    },
    text,
  ),
  results: one(
    {
      group: 'Results and resuming',
      value: 'PATH.csv',
      help: 'Write every row there, with its outcome.',
      excludes: ['dry-run'],
      complete: 'file',
    },
    text,
  ),
  dryRun: toggle({
    group: 'Trying it out',
    help: 'Read and check the file, and say what would be sent: requests, time, types. Sends nothing. Exits with 0 if every row can be sent, and with 2 if not.',
    excludes: ['simulate'],
  }),
  simulate: toggle({
    group: 'Trying it out',
    help: 'Associate in an account in memory, where every record exists but those whose id begins with 999.',
    excludes: ['base-url'],
  }),
  allowance: one(
    {
      group: 'Pace and retries',
      value: 'N/SECONDS',
      help: 'Requests that may be sent in any so many seconds, such as 190/10, or none for no limit.',
      default: "100/10, HubSpot's lowest",
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
    { group: 'Pace and retries', value: 'N', help: 'Requests under way at once.', default: 'as many as the allowance has' }, // prettier-ignore
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
      help: 'How long one attempt may take.',
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
      help: 'Take variables such as HUBSPOT_ACCESS_TOKEN from this file where they are not set, by the loader of Node.',
      complete: 'file',
    },
    text,
  ),
  json: toggle({
    group: 'Output',
    help: 'Print JSON and nothing else: a line for the summary, and one every ten seconds before.',
  }),
  quiet: toggle({ group: 'Output', help: 'Print no progress.' }),
};

/** What `create` is told to do. */
export interface CreateArguments extends Values<typeof createOptions> {
  readonly file: string;
}
