export { isJsonObject, listOf, objectOf, without, type JsonObject } from './json.js';
export { at, lastStep, stepsOf, valueAt } from './json-pointer.js';
export { child, children, follow, partAt, partsIn, type Node, type Part } from './node.js';
export {
  isJson,
  methods,
  operationsOf,
  type Content,
  type Operation,
  type Parameter,
  type Reply,
} from './operations.js';
export { DescriptionError, readDescription, type Description, type Place } from './read-description.js';
export { parseSource, type YamlSource } from './yaml-source.js';
