import fc, { type Arbitrary } from 'fast-check';
import { formats as supportedFormats } from '../../scripts/generate/supported/list.js';

/** Test values for one `format`. */
interface Format {
  /** Values that match the format. */
  readonly valid: Arbitrary<unknown>;
  /** Values at the edge of the format. */
  readonly edges: readonly unknown[];
  /** Values of the right type that do not match. Empty if every value matches. */
  readonly invalid: readonly unknown[];
}

const instant = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** A format that every value matches. */
const unconstrained = (valid: Arbitrary<unknown>, edges: readonly unknown[] = []): Format => ({
  valid,
  edges,
  invalid: [],
});

const int32 = { min: -(2 ** 31), max: 2 ** 31 - 1 };

const formats: Readonly<Record<keyof typeof supportedFormats, Format>> = {
  'date-time': {
    valid: instant,
    edges: ['2026-03-30T09:15:02Z', '2024-02-29T23:59:59.999+01:00'],
    invalid: ['2026-03-30', '2026-02-30T09:15:02Z', '2026-03-30T25:15:02Z', '2026-03-30T09:15:02', 'yesterday'],
  },
  date: {
    valid: instant.map((text) => text.slice(0, 10)),
    edges: ['2024-02-29'],
    invalid: ['2026-02-30', '30.03.2026', '2026-03-30T09:15:02Z'],
  },
  time: {
    valid: instant.map((text) => text.slice(11)),
    edges: ['00:00:00Z'],
    invalid: ['25:00:00Z', '9 o’clock'],
  },
  duration: { valid: fc.nat(999).map((days) => `P${String(days)}D`), edges: ['PT0S'], invalid: ['P', '3 days'] },
  uuid: {
    valid: fc.uuid(),
    edges: ['00000000-0000-0000-0000-000000000000', '5F1C3E0A-8F0B-4F57-9E0C-27A5A4D1B7C2'],
    invalid: ['5f1c3e0a', '5f1c3e0a-8f0b-4f57-9e0c-27a5a4d1b7cg', '5f1c3e0a8f0b4f579e0c27a5a4d1b7c2'],
  },
  email: { valid: fc.emailAddress(), edges: ['a@example.com'], invalid: ['nobody', 'a@', '@example.com'] },
  hostname: { valid: fc.domain(), edges: ['localhost'], invalid: ['-a.example', 'a b'] },
  ipv4: { valid: fc.ipV4(), edges: ['0.0.0.0', '255.255.255.255'], invalid: ['256.0.0.1', '1.2.3'] },
  ipv6: { valid: fc.ipV6(), edges: ['::1'], invalid: ['1.2.3.4', ':::1'] },
  uri: {
    valid: fc.webUrl({ withQueryParameters: true }),
    edges: ['https://example.com/'],
    invalid: ['no address', '//'],
  },
  'uri-reference': { valid: fc.webPath(), edges: ['../a'], invalid: ['\\a b'] },
  'json-pointer': { valid: fc.constantFrom('', '/a/0'), edges: ['/~0~1'], invalid: ['a', '/~2'] },
  regex: { valid: fc.constantFrom('^a+$', '[0-9]'), edges: ['.'], invalid: ['('] },
  byte: { valid: fc.base64String(), edges: ['YQ=='], invalid: ['a', '*'] },
  int32: {
    valid: fc.integer(int32),
    edges: [int32.min, int32.max],
    invalid: [int32.min - 1, int32.max + 1, 279_000_000_000],
  },
  int64: unconstrained(fc.maxSafeInteger(), [int32.max + 1]),
  float: unconstrained(fc.double({ noNaN: true, noDefaultInfinity: true })),
  double: unconstrained(fc.double({ noNaN: true, noDefaultInfinity: true })),
  password: unconstrained(fc.string()),
  binary: unconstrained(fc.string()),
};

/** Strings that match one of the formats, or nearly match. */
export const formatTexts = Object.values(formats)
  .flatMap(({ edges, invalid }) => [...edges, ...invalid])
  .filter((value) => typeof value === 'string');

/** The test values of a format. `npm run generate` rejects a spec with any other format. */
export function formatNamed(name: string, pointer: string): Format {
  const known = Object.entries(formats).find(([format]) => format === name);
  if (known === undefined) throw new Error(`#${pointer}: the contract suite cannot test the format ${name}.`);
  return known[1];
}
