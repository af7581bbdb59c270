import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { objectOf, type JsonObject } from '../../src/openapi/index.js';

/** Says whether values conform to schemas of one description. */
export type SchemaOracle = (schema: JsonObject, value: unknown) => boolean;

const documentId = 'spec';

/**
 * Judges values where the suite makes them, so that a value which is to break one constraint breaks
 * no other. The schemas are used as they stand: nothing of what is generated from them takes part.
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
