import { stringify } from 'yaml';
import { stepsOf } from '../../src/openapi/index.js';
import { documentedTypes, type Deviation } from './deviations.js';

/** One action for openapi/observed.overlay.yaml. */
interface Action {
  readonly target: string;
  readonly description: string;
  readonly 'x-certainty': 'observed';
  readonly 'x-evidence': string[];
  readonly update?: unknown;
  readonly remove?: true;
}

/** What makes the spec say what was seen, as YAML to paste below `actions`. Empty where nothing deviates. */
export function proposalsOf(deviations: readonly Deviation[], seenOn: string): string {
  const actions = new Map<string, Action>();
  for (const deviation of deviations) {
    const { change, evidence } = { change: changeFor(deviation), evidence: evidenceOf(deviation, seenOn) };
    const key = JSON.stringify(change);
    const known = actions.get(key);
    if (known === undefined) {
      const { target, description, ...rest } = change;
      actions.set(key, { target, description, 'x-certainty': 'observed', 'x-evidence': [evidence], ...rest });
    } else if (!known['x-evidence'].includes(evidence)) known['x-evidence'].push(evidence);
  }
  return actions.size === 0
    ? ''
    : stringify([...actions.values()], { lineWidth: 110 })
        .replaceAll(/^/gm, '  ')
        .trimEnd();
}

type Change = Pick<Action, 'target' | 'description'> & ({ readonly update: unknown } | { readonly remove: true });

/** An update merges into an object, and a list in it is added to the list that is there (https://spec.openapis.org/overlay/latest.html). */
function changeFor(deviation: Deviation): Change {
  const { keyword, schema, member = '', found, seen, status } = deviation;
  const name = nameOf(schema.pointer);
  const target = jsonPath(schema.pointer, deviation.operationId);
  switch (keyword) {
    case 'properties':
      return {
        target: `${target}.properties`,
        description: `The spec does not know the member ${member} of ${name}.`,
        update: { [member]: seen },
      };
    case 'required':
      return {
        target: `${target}.required[?(@ == '${member}')]`,
        description: `The spec requires ${member} of ${name}; the wire leaves it out.`,
        remove: true,
      };
    case 'type':
      return {
        target,
        description: `The spec gives ${name} the type ${documentedTypes(schema).join(' or ')}; the wire sends ${found}.`,
        update: { type: Array.isArray(schema.value['type']) ? [found] : [...documentedTypes(schema), found] },
      };
    case 'enum':
      return {
        target,
        description: `The spec does not know this value of ${name}.`,
        update: { enum: [seen ?? 'write the value here'] },
      };
    case 'status':
      return {
        target,
        description: `The spec does not know the status ${String(status)}.`,
        update: { [String(status)]: { description: 'Seen on the wire.', content: { [found]: { schema: {} } } } },
      };
    case 'content':
      return {
        target: `${target}.content`,
        description: `The spec does not know a reply of ${String(status)} as ${found}.`,
        update: { [found]: { schema: {} } },
      };
    default:
      return {
        target: `${target}${property(keyword)}`,
        description: `The spec constrains ${name} by ${keyword}; the wire does not keep to it.`,
        remove: true,
      };
  }
}

function evidenceOf({ status, instance, found }: Deviation, seenOn: string): string {
  return `${seenOn}: status ${String(status)}, ${instance === '' ? 'the reply' : instance}: ${found}`;
}

/** An operation is found by its name, as the other actions of the overlay do: its path may change. */
function jsonPath(pointer: string, operationId: string): string {
  const steps = stepsOf(pointer);
  if (steps[0] !== 'paths') return `$${steps.map(property).join('')}`;
  return `$.paths.*[?(@.operationId == '${operationId}')]${steps.slice(3).map(property).join('')}`;
}

function property(step: string): string {
  return /^[A-Za-z_]\w*$/.test(step) ? `.${step}` : `['${step}']`;
}

function nameOf(pointer: string): string {
  const [, , name = 'the reply', ...rest] = stepsOf(pointer);
  return pointer.startsWith('/components/')
    ? [name, ...rest.filter((step) => step !== 'properties')].join('.')
    : 'the reply';
}
