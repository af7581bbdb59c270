import { hubspotAssociationTypes } from '../../generated/api-facts.js';
import { objectTypeProblem } from '../client/association-types.js';
import { ConfigurationError } from '../client/errors.js';
import { findObjectType, type ObjectType } from '../client/object-types.js';
import { defineCommand } from './command.js';
import { exitCodes } from './exit-codes.js';
import { objectTypeNames } from './object-type-names.js';
import { toggle } from './option.js';
import { print } from './print.js';

const labels = 'https://developers.hubspot.com/docs/api-reference/legacy/crm/associations/associate-records/guide';

export const typesCommand = defineCommand(
  {
    usage: '[FROM [TO]] [options]',
    about: `Lists the association types that HubSpot documents, with what --type of create takes. A type
belongs to one direction: 279 is contact → company, and 280 is company → contact.`,
    operands: [
      { name: 'FROM', complete: objectTypeNames },
      { name: 'TO', complete: objectTypeNames },
    ],
    options: { json: toggle({ group: 'Output', help: 'Print JSON instead of text.' }) },
    examples: [{ command: 'types contacts companies', meaning: 'How a contact can be associated with a company.' }],
    notes: `Types of your own account, and those between custom objects, are USER_DEFINED: HubSpot lists them in
Settings > Objects > Associations, and GET /crm/v4/associations/FROM/TO/labels. The documented ones
are from ${labels}`,
  },
  ({ json }, [from, to]) => {
    const [fromType, toType] = [objectType('FROM', from), objectType('TO', to)];
    const found = documentedTypes.filter(
      (type) =>
        (fromType === undefined || type.from === fromType.name) && (toType === undefined || type.to === toType.name),
    );
    print(process.stdout, ...(json ? [JSON.stringify(found)] : table(found)));
    return Promise.resolve(exitCodes.allCreated);
  },
);

interface DocumentedType {
  readonly id: number;
  readonly from: string;
  readonly to: string;
  readonly label?: string;
}

const documentedTypes: readonly DocumentedType[] = hubspotAssociationTypes;

function objectType(operand: string, name: string | undefined): ObjectType | undefined {
  if (name === undefined) return undefined;
  const found = findObjectType(name);
  if (found !== undefined) return found;
  const near = objectTypeProblem(name)?.message;
  const message = near ?? `HubSpot documents no object type ${name}. It has ${objectTypeNames.join(', ')}.`;
  throw new ConfigurationError(operand, message);
}

function table(types: readonly DocumentedType[]): string[] {
  if (types.length === 0) {
    return ['HubSpot documents no association type for this direction. Look for one with a label of your account.'];
  }
  const rows = types.map(({ id, from, to, label }) => [`HUBSPOT_DEFINED:${String(id)}`, `${from} → ${to}`, label ?? 'unlabelled']); // prettier-ignore
  const lines = [['--type', 'direction', 'label'], ...rows];
  const widths = [0, 1].map((column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}
