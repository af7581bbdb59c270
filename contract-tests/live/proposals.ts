import { stringify } from 'yaml';
import { stepsOf } from '../../src/openapi/index.js';
import { documentedTypes, type Deviation } from './deviations.js';

/** An action for openapi/observed.overlay.yaml. */
interface Action {
  readonly target: string;
  readonly description: string;
  readonly 'x-certainty': 'observed';
  readonly 'x-evidence': string[];
  readonly update?: unknown;
  readonly remove?: true;
}

/** Actions that make the spec match the replies, as YAML to paste below `actions`. Empty without deviations. */
export function proposalsOf(deviations: readonly Deviation[], observedOn: string): string {
  const actions = new Map<string, Action>();
  for (const deviation of deviations) {
    const change = changeFor(deviation);
    const evidence = evidenceOf(deviation, observedOn);
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

/** An update is merged into the target, and its lists are appended (https://spec.openapis.org/overlay/latest.html). */
function changeFor(deviation: Deviation): Change {
  const { keyword, schema, member = '', found, proposed, status } = deviation;
  const name = nameOf(schema.pointer);
  const target = jsonPath(schema.pointer, deviation.operationId);
  switch (keyword) {
    case 'properties':
      return {
        target: `${target}.properties`,
        description: `The spec does not document the member ${member} of ${name}.`,
        update: { [member]: proposed },
      };
    case 'required':
      return {
        target: `${target}.required[?(@ == '${member}')]`,
        description: `The spec requires ${member} in ${name}; the server omits it.`,
        remove: true,
      };
    case 'type':
      return {
        target,
        description: `The spec gives ${name} the type ${documentedTypes(schema).join(' or ')}; the server sends ${found}.`,
        update: { type: Array.isArray(schema.value['type']) ? [found] : [...documentedTypes(schema), found] },
      };
    case 'enum':
      return {
        target,
        description: `The spec does not document this value of ${name}.`,
        update: { enum: [proposed ?? 'write the value here'] },
      };
    case 'status':
      return {
        target,
        description: `The spec does not document the status ${String(status)}.`,
        update: { [String(status)]: { description: 'Observed on a server.', content: { [found]: { schema: {} } } } },
      };
    case 'content':
      return {
        target: `${target}.content`,
        description: `The spec does not document the media type ${found} for the status ${String(status)}.`,
        update: { [found]: { schema: {} } },
      };
    default:
      return {
        target: `${target}${property(keyword)}`,
        description: `The spec constrains ${name} with ${keyword}; the server violates it.`,
        remove: true,
      };
  }
}

function evidenceOf({ status, instance, found }: Deviation, observedOn: string): string {
  return `${observedOn}: status ${String(status)}, ${instance === '' ? 'the reply' : instance}: ${found}`;
}

/** Selects an operation by its operationId, like the other actions of the overlay, because its path may change. */
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
