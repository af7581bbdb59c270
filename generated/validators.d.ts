// Written by `npm run generate` from openapi/. Edits are lost: change the spec instead.

import type { components, operations } from './schema.js';

/** A constraint that the value violates. */
export interface ValidationError {
  /** JSON pointer of the place in the value. */
  readonly instancePath: string;
  /** JSON pointer of the constraint in the schema. */
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Returns whether a value conforms; if not, `errors` holds the reasons until the next call. */
export interface Validator<T> {
  (value: unknown): value is T;
  readonly errors?: readonly ValidationError[] | null;
}

/** Validators of the component schemas, by name. */
export declare const schemas: {
  readonly "BatchInputPublicAssociationMultiPost": Validator<components['schemas']["BatchInputPublicAssociationMultiPost"]>;
  readonly "PublicAssociationMultiPost": Validator<components['schemas']["PublicAssociationMultiPost"]>;
  readonly "PublicObjectId": Validator<components['schemas']["PublicObjectId"]>;
  readonly "AssociationSpec": Validator<components['schemas']["AssociationSpec"]>;
  readonly "BatchResponseLabelsBetweenObjectPair": Validator<components['schemas']["BatchResponseLabelsBetweenObjectPair"]>;
  readonly "BatchResponseLabelsBetweenObjectPairWithErrors": Validator<components['schemas']["BatchResponseLabelsBetweenObjectPairWithErrors"]>;
  readonly "LabelsBetweenObjectPair": Validator<components['schemas']["LabelsBetweenObjectPair"]>;
  readonly "StandardError": Validator<components['schemas']["StandardError"]>;
  readonly "ErrorDetail": Validator<components['schemas']["ErrorDetail"]>;
  readonly "Error": Validator<components['schemas']["Error"]>;
  readonly "RateLimitError": Validator<components['schemas']["RateLimitError"]>;
};

/** Validators of the JSON request bodies, by operationId. */
export declare const requestBodies: {
  readonly "batchCreateAssociations": Validator<NonNullable<operations["batchCreateAssociations"]['requestBody']>['content']["application/json"]>;
};

/** Validators of the JSON (or else the text) of the responses, by operationId and status. */
export declare const responses: {
  readonly "batchCreateAssociations": {
    readonly "200": Validator<operations["batchCreateAssociations"]['responses'][200]['content']["application/json"]>;
    readonly "201": Validator<operations["batchCreateAssociations"]['responses'][201]['content']["application/json"]>;
    readonly "207": Validator<operations["batchCreateAssociations"]['responses'][207]['content']["application/json"]>;
    readonly "400": Validator<operations["batchCreateAssociations"]['responses'][400]['content']["application/json"]>;
    readonly "401": Validator<operations["batchCreateAssociations"]['responses'][401]['content']["application/json"]>;
    readonly "403": Validator<operations["batchCreateAssociations"]['responses'][403]['content']["application/json"]>;
    readonly "404": Validator<operations["batchCreateAssociations"]['responses'][404]['content']["text/html"]>;
    readonly "423": Validator<operations["batchCreateAssociations"]['responses'][423]['content']["application/json"]>;
    readonly "429": Validator<operations["batchCreateAssociations"]['responses'][429]['content']["application/json"]>;
    readonly "477": Validator<operations["batchCreateAssociations"]['responses'][477]['content']["application/json"]>;
    readonly "default": Validator<operations["batchCreateAssociations"]['responses']["default"]['content']["application/json"]>;
  };
};
