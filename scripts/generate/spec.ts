import type { OpenAPI3 } from 'openapi-typescript';
import { isJsonObject, type JsonObject } from '../../src/openapi/index.js';

/** The whole description: the capture with the overlays applied. */
export type Spec = OpenAPI3 & JsonObject;

export function isSpec(value: unknown): value is Spec {
  return isJsonObject(value) && typeof value['openapi'] === 'string' && isJsonObject(value['info']);
}
