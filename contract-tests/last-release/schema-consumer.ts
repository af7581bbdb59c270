import {
  associationSpecAssociationCategoryValues as categories,
  batchResponseLabelsBetweenObjectPairStatusValues as statuses,
  type AssociationSpec,
  type BatchInputPublicAssociationMultiPost,
  type BatchResponseLabelsBetweenObjectPair,
  type BatchResponseLabelsBetweenObjectPairWithErrors,
  type components,
  type ErrorDetail,
  type LabelsBetweenObjectPair,
  type operations,
  type paths,
  type RateLimitError,
  type StandardError,
} from 'hubspot-associations/schema';

// Code of a consumer of the last release that uses only the generated types.

type Create = paths['/crm/associations/2025-09/{fromObjectType}/{toObjectType}/batch/create']['post'];
type Reply<Status extends keyof Create['responses']> = Create['responses'][Status] extends {
  content: { 'application/json': infer Body };
}
  ? Body
  : never;

export const parameters: Create['parameters'] = { path: { fromObjectType: 'contacts', toObjectType: '0-2' } };

const type: AssociationSpec = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 };

export const body: BatchInputPublicAssociationMultiPost = {
  inputs: [{ from: { id: '1' }, to: { id: '2' }, types: [type, { ...type, associationCategory: 'USER_DEFINED' }] }],
};

type Body = operations['batchCreateAssociations']['requestBody']['content']['application/json'];

export const text: (inputs: Body['inputs']) => string = (inputs) => JSON.stringify({ ...body, inputs });

export function pairOf(result: LabelsBetweenObjectPair): [from: string, to: string, labels: readonly string[]] {
  return [
    `${result.fromObjectTypeId}/${result.fromObjectId}`,
    `${result.toObjectTypeId}/${result.toObjectId}`,
    result.labels,
  ];
}

export function durationMs({ startedAt, completedAt, requestedAt }: BatchResponseLabelsBetweenObjectPair): number {
  return Date.parse(completedAt) - Date.parse(requestedAt ?? startedAt);
}

export function refusalsOf(reply: BatchResponseLabelsBetweenObjectPairWithErrors): readonly StandardError[] {
  const { errors = [], numErrors = 0 } = reply;
  if (errors.length < numErrors) throw new Error(`${String(numErrors - errors.length)} errors are missing.`);
  return errors;
}

export function whyOf({ category, message, context, subCategory, errors = [] }: StandardError): string {
  const ids: readonly string[] = context['id'] ?? [];
  const side = typeof subCategory === 'string' ? subCategory : category;
  const details = errors.map(
    ({ message: text, code, in: place }: ErrorDetail) => `${code ?? ''} ${place ?? ''} ${text}`,
  );
  return [side, message, ...ids, ...details].join(' ');
}

export function finished(status: Reply<201>['status']): boolean {
  switch (status) {
    case 'COMPLETE':
    case 'CANCELED':
      return true;
    case 'PENDING':
    case 'PROCESSING':
      return false;
  }
}

export function retryAfter(reply: Create['responses'][429], limit: RateLimitError): string {
  return limit.policyName === 'DAILY' ? 'tomorrow' : reply.headers['Retry-After'];
}

export const successes: readonly (Reply<201> | Reply<207>)[] = [];
export const page: Create['responses'][404]['content']['text/html'] = '<p>not found</p>';
export const known: boolean = categories.includes('WORK') && statuses.includes('COMPLETE');
export function idOf(refusal: Reply<400>): string {
  const { correlationId, message }: components['schemas']['Error'] = refusal;
  return `${correlationId}: ${message}`;
}
