import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonObject, Part } from '../../../src/openapi/index.js';

/** Returns how a value violates a schema of the spec; `undefined` if it conforms. */
export type Differs = (schema: Part, value: unknown) => string | undefined;

/** Compiles schemas on demand. One that does not compile counts as conforming: another check rejects it. */
export function differences(spec: JsonObject): Differs {
  const compiled = new Map<string, ValidateFunction | undefined>();
  let ajv: Ajv2020 | undefined;
  return ({ pointer }, value) => {
    try {
      ajv ??= validator(spec);
      const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `${id}#${encoded(pointer)}` });
      compiled.set(pointer, validate);
      if (validate(value)) return undefined;
      const [first] = validate.errors ?? [];
      return `${first?.instancePath === '' ? 'it' : String(first?.instancePath)} ${String(first?.message)}`;
    } catch {
      return undefined;
    }
  };
}

const id = 'spec';

function validator(spec: JsonObject): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...spec, $id: id });
  return ajv;
}

function encoded(pointer: string): string {
  return pointer.split('/').map(encodeURIComponent).join('/');
}
