import { at, isJsonObject, listOf, methods, objectOf, without, type JsonObject } from '../../src/openapi/index.js';
import { factsIn, orEmpty, type Fact } from './fact.js';
import { schemaFacts, memberFacts, withoutProse } from './notation.js';
import { followed, operationFacts } from './operation-facts.js';

/** The facts of a capture: every keyword except prose, whether known or not. */
export function factsOfCapture(capture: JsonObject): Fact[] {
  const { info, servers, tags, paths, components, ...others } = withoutProse(capture);
  const used = [
    ...factsIn(withoutProse(objectOf(info)), ['api'], '/info'),
    ...listFacts(servers, 'servers', 'url'),
    ...listFacts(tags, 'tags', 'name'),
    ...factsIn(others, ['api'], ''),
    ...Object.entries(objectOf(paths)).flatMap(([path, item]) => pathFacts(capture, path, item)),
  ];
  return [...used, ...componentFacts(objectOf(components), used)];
}

/** A list is one fact. An entry with only the given key is represented by its value. */
function listFacts(entries: unknown, name: string, key: string): Fact[] {
  const values = listOf(entries).map((entry) => {
    const facts = withoutProse(objectOf(entry));
    return Object.keys(facts).length === 1 && key in facts ? facts[key] : facts;
  });
  return entries === undefined ? [] : [{ place: ['api', name], value: values, pointer: at('', name) }];
}

function pathFacts(capture: JsonObject, path: string, value: unknown): Fact[] {
  const from = at('/paths', path);
  if (!isJsonObject(value)) return [{ place: ['api', 'paths', path], value, pointer: from }];
  const item = followed(capture, { value, pointer: from });
  const shared = listOf(item.value['parameters']).map((_, index) => at(item.pointer, 'parameters', index));
  const operations = methods.filter((method) => method in item.value);
  const others = [...operations, 'parameters'].reduce(without, withoutProse(item.value));
  return [
    ...factsIn(others, ['api', path], item.pointer),
    ...(operations.length === 0 ? [{ place: ['api', 'paths', path], value: {}, pointer: from }] : []),
    ...operations.flatMap((method) => operationFacts(capture, path, method, at(item.pointer, method), shared)),
  ];
}

/** Facts of schemas, security schemes and unused components. Other components are covered where they are used. */
function componentFacts(components: JsonObject, used: readonly Fact[]): Fact[] {
  const isUsed = (pointer: string): boolean => used.some((fact) => `${fact.pointer}/`.startsWith(`${pointer}/`));
  return Object.entries(components).flatMap(([kind, members]) => {
    const pointer = at('/components', kind);
    if (!isJsonObject(members)) return [{ place: ['components', kind], value: members, pointer }];
    return Object.entries(members).flatMap(([name, value]): Fact[] => {
      const own = at(pointer, name);
      if (kind === 'schemas') return namedSchemaFacts(name, value);
      if (kind === 'securitySchemes') return factsIn({ [name]: withoutProse(objectOf(value)) }, ['api', kind], pointer);
      return isUsed(own) ? [] : [{ place: ['components', kind, name], value, pointer: own }];
    });
  });
}

/** The facts of an object's members; other keywords of its schema are under `$schema`, which is not a valid name. */
function namedSchemaFacts(name: string, schema: unknown): Fact[] {
  const pointer = at('/components/schemas', name);
  const place = ['schemas', name];
  if (!isJsonObject(schema)) return [{ place, value: schema, pointer }];
  const own = schemaFacts(schema, pointer, [...place, '$schema']);
  if (Object.keys(objectOf(schema['properties'])).length === 0) return [...orEmpty(own, place, pointer)];
  // The type object is implied. A missing type is a fact, because it allows anything.
  const anything: Fact[] = 'type' in schema ? [] : [{ place: [...place, '$schema', 'type'], value: 'any', pointer }];
  const isOwn = ({ place: [, , , step], value }: Fact): boolean =>
    step !== 'members' && !(step === 'type' && value === 'object');
  return [...own.filter(isOwn), ...anything, ...memberFacts(schema, pointer, place)];
}
