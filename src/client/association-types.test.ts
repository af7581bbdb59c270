import { describe, expect, test } from '@jest/globals';
import { hubspotAssociationTypes, hubspotObjectTypes } from '../../generated/api-facts.js';
import type { AssociationSpec } from '../../generated/schema.js';
import { associationTypeProblem, objectTypeProblem } from './association-types.js';

function hubspotDefined(associationTypeId: number): AssociationSpec {
  return { associationCategory: 'HUBSPOT_DEFINED', associationTypeId };
}

describe('the name of an object type', () => {
  test.each(['contacts', 'Contact', 'COMPANIES', 'line_items', '0-1', '0-999', '2-123', 'p_car', 'p12345_contcts'])(
    '%s has no problem',
    (name) => {
      expect(objectTypeProblem(name)).toBeUndefined();
    },
  );

  test.each([
    ['contcts', ['contacts']],
    ['contac', ['contact']],
    ['Compnaies', ['companies']],
    ['dael', ['deal']],
    ['tikcets', ['tickets']],
    ['line-items', ['line_items']],
    ['ticekst', ['tickets']],
    ['nots', ['notes']],
    ['curses', ['courses']],
  ])('%s is probably meant to be %s', (name, suggestions) => {
    expect(objectTypeProblem(name)?.suggestions).toEqual(suggestions);
  });

  test('may be equally similar to two documented ones', () => {
    expect(objectTypeProblem('leals')).toMatchObject({
      suggestions: ['deals', 'leads'],
      message: expect.stringContaining('did you mean deals or leads?'),
    });
  });

  test('that is misspelt is quoted, with a suggestion and how custom object types are named', () => {
    expect(objectTypeProblem('contcts')?.message).toBe(
      'HubSpot has no object type contcts: did you mean contacts? A custom object type is given by its type id, ' +
        'such as 2-123, or by its full name, such as p12345_car.',
    );
  });

  test.each(['vehicles', 'unicorns', 'pet', 'x', ''])(
    '%p resembles no documented one, so it may be a custom one',
    (name) => {
      expect(objectTypeProblem(name)).toBeUndefined();
    },
  );
});

describe('an association type', () => {
  test.each([
    [279, 'contacts', 'companies'],
    [1, 'Contact', '0-2'],
    [280, 'companies', 'contacts'],
    [13, 'company', 'companies'],
    [202, 'notes', 'contacts'],
  ])('%d is documented for %s → %s', (id, from, to) => {
    expect(associationTypeProblem(hubspotDefined(id), from, to)).toBeUndefined();
  });

  test('of the other direction is named with its own direction and the types of the requested one', () => {
    expect(associationTypeProblem(hubspotDefined(280), 'contacts', 'companies')).toBe(
      'HUBSPOT_DEFINED 280 is company → contact; for contact → company HubSpot documents ' +
        '279 (unlabelled), 1 (Primary) and 931 (Billing contact).',
    );
  });

  test('of other object types is named with its label', () => {
    expect(associationTypeProblem(hubspotDefined(1), '0-3', 'Tickets')).toBe(
      'HUBSPOT_DEFINED 1 is contact → company (Primary); for deal → ticket HubSpot documents 27 (unlabelled).',
    );
  });

  test('for a direction without documented types says so', () => {
    expect(associationTypeProblem(hubspotDefined(279), 'contacts', 'campaigns')).toBe(
      'HUBSPOT_DEFINED 279 is contact → company; HubSpot documents no type for contact → campaign.',
    );
  });

  test.each<[string, AssociationSpec, string, string]>([
    ['an undocumented id', hubspotDefined(99_999), 'contacts', 'companies'],
    ['another category', { associationCategory: 'USER_DEFINED', associationTypeId: 280 }, 'contacts', 'companies'],
    ['a custom object type', hubspotDefined(280), 'contacts', '2-123'],
    ['an unknown object type', hubspotDefined(280), 'vehicles', 'contacts'],
  ])('is not reported for %s', (_, type, from, to) => {
    expect(associationTypeProblem(type, from, to)).toBeUndefined();
  });
});

describe('what the spec says about the API', () => {
  test('every association type is between two documented object types, and has a unique id', () => {
    const names = new Set<string>(hubspotObjectTypes.map(({ name }) => name));
    const unknown = hubspotAssociationTypes.filter(({ from, to }) => !names.has(from) || !names.has(to));
    expect(unknown).toEqual([]);
    expect(new Set(hubspotAssociationTypes.map(({ id }) => id)).size).toBe(hubspotAssociationTypes.length);
  });

  test('no two object types share an id or a name', () => {
    const spellings = hubspotObjectTypes.flatMap(({ id, name, plural }) => [...new Set([id, name, plural])]);
    expect(new Set(spellings).size).toBe(spellings.length);
  });
});
