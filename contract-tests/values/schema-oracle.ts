import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { objectOf, type JsonObject } from '../../src/openapi/index.js';

/** Whether a value is valid for a schema of one description. */
export type SchemaOracle = (schema: JsonObject, value: unknown) => boolean;

const documentId = 'spec';

/**
 * Validates generated values, so that a value meant to violate one constraint violates no other. It compiles the
 * schemas of the description itself, and uses nothing from `generated/`.
 */
export function schemaOracle(document: JsonObject): SchemaOracle {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateSchema: false, logger: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: documentId });
  const compiled = new WeakMap<JsonObject, ValidateFunction>();
  const byText = new Map<string, ValidateFunction>();
  const compile = (schema: JsonObject): ValidateFunction => {
    const text = JSON.stringify(schema);
    const validate = byText.get(text) ?? ajv.compile(withinDocument(schema));
    byText.set(text, validate);
    return validate;
  };
  return (schema, value) => {
    const validate = compiled.get(schema) ?? compile(schema);
    compiled.set(schema, validate);
    return validate(value);
  };
}

function withinDocument(schema: JsonObject): JsonObject {
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${documentId}#/`);
  const copy: unknown = JSON.parse(text);
  return objectOf(copy);
}
