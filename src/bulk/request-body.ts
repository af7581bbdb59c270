/** The pairs of one request, in their order. */
export interface RequestPairs {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** The types of each pair, as JSON. */
  readonly types: readonly string[];
  /** The whole input as JSON, by place, for inputs that are more than plain ids and types. */
  readonly texts: ReadonlyMap<number, string>;
}

/** Copies the pairs at these places, for a separate request. */
export function somePairs({ from, to, types, texts }: RequestPairs, places: readonly number[]): RequestPairs {
  const at = (list: readonly string[]): string[] => places.map((place) => list[place] ?? '');
  const kept = places.flatMap((place, index): [number, string][] => {
    const text = texts.get(place);
    return text === undefined ? [] : [[index, text]];
  });
  return { from: at(from), to: at(to), types: at(types), texts: new Map(kept) };
}

/**
 * Writes the body of a request as JSON in UTF-8, into a buffer that the next call overwrites: `fetch`
 * copies the body (https://fetch.spec.whatwg.org/#concept-bodyinit-extract). So a waiting request has no
 * body in memory, and a request in progress only the copy of `fetch`.
 */
export type WriteBody = (pairs: RequestPairs) => NonNullable<RequestInit['body']>;

const encoder = new TextEncoder();
const start = encoder.encode('{"inputs":[');
const beforeFrom = encoder.encode('{"from":{"id":"');
const beforeTo = encoder.encode('"},"to":{"id":"');
const beforeTypes = encoder.encode('"},"types":');
const end = encoder.encode(']}');

/** The maximum number of UTF-8 bytes per UTF-16 unit. */
const bytesPerUnit = 3;
const fixedBytes = start.length + beforeFrom.length + beforeTo.length + beforeTypes.length + end.length + 2;

export function createBodyWriter(): WriteBody {
  let buffer = new Uint8Array(65_536);
  let length = 0;
  let lastTypes = '';
  let lastTypesBytes = encoder.encode(lastTypes);

  const reserve = (bytes: number): void => {
    if (length + bytes <= buffer.length) return;
    const larger = new Uint8Array(2 * buffer.length + bytes);
    larger.set(buffer.subarray(0, length));
    buffer = larger;
  };
  const put = (bytes: Uint8Array): void => {
    buffer.set(bytes, length);
    length += bytes.length;
  };
  /** The ids of a plain input are ASCII. */
  const putAscii = (text: string): void => {
    for (let index = 0; index < text.length; index += 1) buffer[length + index] = text.charCodeAt(index);
    length += text.length;
  };
  const putTypes = (types: string): void => {
    if (types !== lastTypes) {
      lastTypes = types;
      lastTypesBytes = encoder.encode(types);
    }
    put(lastTypesBytes);
  };
  const putInput = ({ from, to, types, texts }: RequestPairs, place: number): void => {
    const text = texts.get(place);
    const [fromId = '', toId = '', typesText = '[]'] = [from[place], to[place], types[place]];
    reserve(fixedBytes + bytesPerUnit * (text ?? `${fromId}${toId}${typesText}`).length);
    if (place > 0) buffer[length++] = 0x2c;
    if (text !== undefined) {
      length += encoder.encodeInto(text, buffer.subarray(length)).written;
      return;
    }
    put(beforeFrom);
    putAscii(fromId);
    put(beforeTo);
    putAscii(toId);
    put(beforeTypes);
    putTypes(typesText);
    buffer[length++] = 0x7d;
  };

  return (pairs) => {
    length = 0;
    put(start);
    for (let place = 0; place < pairs.from.length; place += 1) putInput(pairs, place);
    put(end);
    return buffer.subarray(0, length);
  };
}
