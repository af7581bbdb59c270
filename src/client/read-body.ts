import { onAbort } from './abort.js';
import { ContractError } from './errors.js';
import { redactHeaders, type Redact } from './redact.js';
import { replyIdsOf } from './reply-ids.js';

/** A reply whose body has been read. Nothing in it holds the token. */
export interface Reply {
  /** The method and the path of the request, such as `POST /crm/associations/…`. */
  readonly request: string;
  /** Status and headers. Its body has been consumed. */
  readonly response: Response;
  /** The decoded body; empty if it is too long. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly text: string;
  /** Whether the body exceeds the maximum length. The rest of it has not been read. */
  readonly isTooLong: boolean;
}

export interface ReadOptions {
  readonly request: string;
  readonly redact: Redact;
  readonly maxReplyBytes: number;
  readonly signal: AbortSignal;
}

/** Reads a reply to its end. If it exceeds the maximum length, stops reading and closes the connection. */
export async function readBody(response: Response, options: ReadOptions): Promise<Reply> {
  const { request, redact, maxReplyBytes, signal } = options;
  const bytes = response.body === null ? new Uint8Array() : await readBytes(response.body, maxReplyBytes, signal);
  const received = new TextDecoder().decode(bytes);
  const text = redact(received);
  return {
    request,
    response: redactedResponse(response, redact),
    bytes: bytes !== undefined && text === received ? bytes : new TextEncoder().encode(text),
    text,
    isTooLong: bytes === undefined,
  };
}

/** @throws ContractError if the body is not JSON. */
export function parseJson({ request, response, text }: Reply): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const mediaType = response.headers.get('content-type') ?? 'no media type';
    throw new ContractError(
      `${request} was answered with ${String(response.status)} and a body that is not JSON ` +
        `(${mediaType}, ${String(text.length)} characters). Whether it was carried out is not known.`,
      { status: response.status, pointer: '', ...replyIdsOf(response.headers) },
    );
  }
}

async function readBytes(
  body: ReadableStream<Uint8Array>,
  most: number,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const reader = body.getReader();
  const cancel = (): void => {
    reader.cancel().catch(() => undefined);
  };
  const stopListening = onAbort([signal], cancel);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return joined(chunks, size);
      if (!ArrayBuffer.isView(value)) throw new TypeError('The body of the reply is not made of bytes.');
      size += value.byteLength;
      if (size > most) {
        cancel();
        return undefined;
      }
      chunks.push(value);
    }
  } finally {
    stopListening();
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/**
 * The same response; or a copy without a body, if its headers contain the token or say how the body was
 * compressed.
 */
function redactedResponse(response: Response, redact: Redact): Response {
  const statusText = redact(response.statusText);
  const headers = redactHeaders(response.headers, redact);
  const wasCompressed = response.body !== null && headers.has('content-encoding');
  if (statusText === response.statusText && headers === response.headers && !wasCompressed) return response;
  const copied = new Headers(headers);
  if (wasCompressed) for (const name of ['content-encoding', 'content-length']) copied.delete(name);
  return new Response(null, { status: response.status, statusText, headers: copied });
}
