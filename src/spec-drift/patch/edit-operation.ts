import type { Capture } from '../compare/capture.js';
import type { Edit } from '../compare/difference.js';
import { withoutVersion } from '../compare/page-subject.js';
import type { Documents } from './documents.js';
import { addInline, keyOf, listAt, mapAt, renameKey } from './nodes.js';
import { exampleOf, provenanceOf, schemaOf } from './write-type.js';

/** Edits everything about an operation except its schemas. */
export function editOperation({ capture, provenance }: Documents, spec: Capture, edit: Edit): void {
  const operation = ['paths', pathKey(capture, spec), spec.method];
  const stated = ['operations', spec.operationId];
  const facts = [...stated, 'facts'];
  const parameterKey = (name: string): string => spec.parameters.find((found) => found.name === name)?.schema ?? name;
  const statedParameter = (name: string): string[] => {
    const location = spec.parameters.find((found) => found.name === name)?.in ?? 'path';
    return [...stated, 'parameters', location, name];
  };
  const setFact = (fact: string, to: string, elsewhere: string | undefined): void => {
    provenance.setIn([...facts, fact, 'says'], to);
    if (elsewhere !== undefined) provenance.setIn([...facts, fact, 'elsewhere'], elsewhere);
    else provenance.deleteIn([...facts, fact, 'elsewhere']);
  };
  switch (edit.kind) {
    case 'path': {
      const [version, next] = [withoutVersion(spec.path).version, withoutVersion(edit.to).version];
      if (next !== undefined && capture.getIn(['info', 'version']) === version)
        capture.setIn(['info', 'version'], next);
      renameKey(capture, ['paths'], pathKey(capture, spec), edit.to);
      setFact('path', edit.to, edit.elsewhere);
      return;
    }
    case 'method':
      renameKey(capture, operation.slice(0, 2), spec.method, edit.to);
      setFact('method', edit.to, edit.elsewhere);
      return;
    case 'server':
      capture.setIn(['servers', 0, 'url'], edit.to);
      provenance.setIn([...facts, 'server', 'says'], edit.to);
      return;
    case 'media-type':
      renameKey(capture, [...operation, 'requestBody', 'content'], spec.mediaType, edit.to);
      setFact('mediaType', edit.to, edit.elsewhere);
      return;
    case 'scheme': {
      const [name = ''] = mapAt(capture, ['components', 'securitySchemes'])?.items.map(({ key }) => keyOf(key)) ?? [];
      capture.setIn(['components', 'securitySchemes', name, 'scheme'], edit.to);
      provenance.setIn([...facts, 'security', 'says', 'scheme'], edit.to);
      return;
    }
    case 'status':
      renameKey(capture, [...operation, 'responses'], spec.status, edit.to);
      renameKey(provenance, [...stated, 'responses'], spec.status, edit.to);
      return;
    case 'product': {
      const inCapture = ['x-hubspot-product-tier-requirements', edit.name];
      const inProvenance = [...facts, 'products', 'says', edit.name];
      if (edit.to === undefined) {
        capture.deleteIn(inCapture);
        provenance.deleteIn(inProvenance);
      } else {
        capture.setIn(inCapture, edit.to);
        provenance.setIn(inProvenance, edit.to);
      }
      return;
    }
    case 'modified':
      provenance.setIn(['page', 'modified'], edit.to);
      return;
    case 'contradiction':
      provenance.addIn(['contradictions'], provenance.createNode({ at: edit.at, page: edit.page, taken: edit.taken }));
      return;
    case 'parameter-added': {
      const { name, type, required, values, place } = edit.member;
      capture.setIn(
        ['components', 'parameters', name],
        capture.createNode({
          name,
          in: edit.in,
          required,
          description: `A ${edit.in} parameter.`,
          schema: schemaOf({ type, values }),
        }),
      );
      capture.addIn([...operation, 'parameters'], capture.createNode({ $ref: `#/components/parameters/${name}` }));
      addInline(provenance, [...stated, 'parameters', edit.in, name], {
        ...provenanceOf({ type, values }),
        required,
        place: `${edit.in} parameters`,
      });
      if (provenance.getIn(['places', place]) === undefined) {
        provenance.setIn(['places', place], `the list of ${place}`);
      }
      return;
    }
    case 'parameter-removed': {
      const key = parameterKey(edit.name);
      capture.deleteIn(['components', 'parameters', key]);
      const used = listAt(capture, [...operation, 'parameters']);
      const at = used?.items.findIndex((_, index) => used.getIn([index, '$ref']) === reference(key)) ?? -1;
      if (at !== -1) used?.items.splice(at, 1);
      provenance.deleteIn(statedParameter(edit.name));
      return;
    }
    case 'parameter-renamed': {
      const key = parameterKey(edit.name);
      renameKey(capture, ['components', 'parameters'], key, edit.to);
      capture.setIn(['components', 'parameters', edit.to, 'name'], edit.to);
      const used = listAt(capture, [...operation, 'parameters']);
      const at = used?.items.findIndex((_, index) => used.getIn([index, '$ref']) === reference(key)) ?? -1;
      if (at !== -1) used?.setIn([at, '$ref'], reference(edit.to));
      const path = pathKey(capture, spec);
      const renamed = path.replace(`{${edit.name}}`, `{${edit.to}}`);
      renameKey(capture, ['paths'], path, renamed);
      renameKey(provenance, statedParameter(edit.name).slice(0, -1), edit.name, edit.to);
      provenance.setIn([...facts, 'path', 'says'], renamed);
      return;
    }
    case 'parameter-required':
      capture.setIn(['components', 'parameters', parameterKey(edit.name), 'required'], edit.to);
      provenance.setIn([...statedParameter(edit.name), 'required'], edit.to);
      return;
    case 'parameter-type': {
      const type = { type: edit.to, values: edit.values };
      const at = ['components', 'parameters', parameterKey(edit.name)];
      capture.setIn([...at, 'schema'], capture.createNode(schemaOf(type)));
      for (const { key } of mapAt(capture, [...at, 'examples'])?.items ?? []) {
        capture.setIn([...at, 'examples', keyOf(key), 'value'], exampleOf(type));
      }
      for (const [key, value] of Object.entries(provenanceOf(type))) {
        provenance.setIn([...statedParameter(edit.name), key], value);
      }
      return;
    }
    default:
  }
}

function reference(key: string): string {
  return `#/components/parameters/${key}`;
}

/** The current path of the operation, which an earlier edit may have renamed. */
function pathKey(capture: Documents['capture'], spec: Capture): string {
  const found = mapAt(capture, ['paths'])?.items.find(
    (pair) => String(capture.getIn(['paths', keyOf(pair.key), spec.method, 'operationId'])) === spec.operationId,
  );
  return found === undefined ? spec.path : keyOf(found.key);
}
