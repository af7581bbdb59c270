import { parseArgs } from 'node:util';
import {
  associationSpecAssociationCategoryValues as categories,
  type AssociationSpec,
} from '../../generated/schema.js';
import { schemas } from '../../generated/validators.js';
import { ConfigurationError, messageOf } from '../client/errors.js';
import type { Allowance } from '../client/options.js';
import { maximumInputs } from '../client/validate.js';
import { parseAllowance } from './allowance.js';

export const createUsage = `Usage: hubspot-associations create FILE|- --from TYPE --to TYPE [options]

Associates the records of each row of FILE. FILE is CSV with a header of from_id and to_id, and of
category and type_id if rows name their association type; or NDJSON, one documented input a line.
With - it is read from standard input. Other columns are kept.

  --from TYPE          object type of the first records, such as contacts or 0-1
  --to TYPE            object type of the second records, such as companies or 0-2
  --type CATEGORY:ID   association type of rows that name none, such as HUBSPOT_DEFINED:279;
                       may be given several times
  --ledger PATH        remembers there what became of each row, so that the same command goes on
                       where it stopped, or was killed
  --renewed-token      the ledger's access token has been replaced by another of the same account
  --rejects PATH.csv   writes every row that was not associated there, with the reason
  --simulate           associates in an account in memory, where every record exists but those
                       whose id begins with 999
  --base-url URL       the API to call (default: HubSpot's)
  --batch-size N       rows a request, at most ${String(maximumInputs)} (default: ${String(maximumInputs)})
  --allowance N/SECONDS  requests that may be sent in any so many seconds, such as 190/10, or none
                       for no limit (default: 100/10, HubSpot's lowest)
  --concurrency N      requests under way at once (default: as many as the allowance has)
  --max-attempts N     how often a request is sent at most that fails for a while (default: 8)
  --timeout SECONDS    how long one attempt may take (default: 120)
  --skip-type-check    takes object types and association types that HubSpot does not document so
  --dry-run            reads and checks the file, and sends nothing; exits with 0 if every row
                       can be sent, and with 2 if not
  --json               prints the summary as JSON
  --quiet              prints no progress
  --help               prints this

The access token is read from HUBSPOT_ACCESS_TOKEN.

Exit codes: 0 all associated; 1 nothing done; 2 finished, some rows not associated; 3 stopped
before the end: associating again changes nothing, so the same command goes on.

Rows that name the same pair are sent together, after all others, with the types of all of them;
so a file is read twice. Standard input is read once: with --ledger it is copied first; without, rows that are far
apart are sent apart, and the later ones with all types so far as long as the pair is remembered.`;

/** What `create` is told to do. */
export interface CreateArguments {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly types: readonly AssociationSpec[];
  readonly ledger: string | undefined;
  readonly renewedToken: boolean;
  readonly rejects: string | undefined;
  readonly simulate: boolean;
  readonly baseUrl: string | undefined;
  readonly batchSize: number | undefined;
  readonly allowance: Allowance | false | undefined;
  readonly concurrency: number | undefined;
  readonly maxAttempts: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly skipTypeCheck: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  type: { type: 'string', multiple: true },
  ledger: { type: 'string' },
  'renewed-token': { type: 'boolean' },
  rejects: { type: 'string' },
  simulate: { type: 'boolean' },
  'base-url': { type: 'string' },
  'batch-size': { type: 'string' },
  allowance: { type: 'string' },
  concurrency: { type: 'string' },
  'max-attempts': { type: 'string' },
  timeout: { type: 'string' },
  'skip-type-check': { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * Reads the arguments of `create`.
 *
 * @returns `help` when that is what was asked for.
 * @throws ConfigurationError naming the argument that cannot be used.
 */
export function parseCreateArguments(args: readonly string[]): CreateArguments | 'help' {
  const { values, positionals } = parse(args);
  if (values.help === true) return 'help';
  const [file, ...others] = positionals;
  if (file === undefined) throw new ConfigurationError('FILE', 'name the file of pairs, or - for standard input.');
  if (others.length > 0) throw new ConfigurationError('FILE', `name one file, not also ${others.join(', ')}.`);
  if (values.simulate === true && values['dry-run'] === true) {
    throw new ConfigurationError('--dry-run', 'has no meaning together with --simulate.');
  }
  if (values.simulate === true && values['base-url'] !== undefined) {
    throw new ConfigurationError('--base-url', 'has no meaning together with --simulate.');
  }
  if (values.ledger !== undefined && values['dry-run'] === true) {
    throw new ConfigurationError('--ledger', 'has no meaning together with --dry-run.');
  }
  const timeout = count('--timeout', values.timeout, 86_400);
  return {
    file,
    from: required('--from', values.from),
    to: required('--to', values.to),
    types: (values.type ?? []).map(associationType),
    ledger: values.ledger,
    renewedToken: values['renewed-token'] === true,
    rejects: values.rejects,
    simulate: values.simulate === true,
    baseUrl: values['base-url'],
    batchSize: count('--batch-size', values['batch-size'], maximumInputs),
    // A simulated account has no limit of its own.
    allowance: allowanceOf(values.allowance ?? (values.simulate === true ? 'none' : undefined)),
    concurrency: count('--concurrency', values.concurrency, 1_000),
    maxAttempts: count('--max-attempts', values['max-attempts'], 1_000),
    timeoutMs: timeout === undefined ? undefined : timeout * 1_000,
    skipTypeCheck: values['skip-type-check'] === true,
    dryRun: values['dry-run'] === true,
    json: values.json === true,
    quiet: values.quiet === true,
  };
}

function parse(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new ConfigurationError('arguments', messageOf(error));
  }
}

function allowanceOf(value: string | undefined): Allowance | false | undefined {
  if (value === undefined) return undefined;
  return value === 'none' ? false : parseAllowance(value);
}

function required(name: string, value: string | undefined): string {
  if (value !== undefined && value.trim() !== '') return value;
  throw new ConfigurationError(name, 'name the object type, such as contacts or 0-1.');
}

function associationType(value: string): AssociationSpec {
  const [category = '', id = '', ...rest] = value.split(':');
  const associationCategory = category.toUpperCase();
  const type = { associationCategory, associationTypeId: /^\d+$/.test(id) ? Number(id) : NaN };
  if (rest.length > 0 || !schemas.AssociationSpec(type)) {
    const known = categories.join(', ');
    throw new ConfigurationError(
      '--type',
      `write CATEGORY:ID, such as HUBSPOT_DEFINED:279, with one of ${known}; not ${value}.`,
    );
  }
  return type;
}

function count(name: string, value: string | undefined, maximum: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= 1 && number <= maximum) return number;
  throw new ConfigurationError(name, `give a whole number from 1 to ${String(maximum)}, not ${value}.`);
}
