import { isJson, type Content, type Operation } from '../../src/openapi/index.js';

/** How to serialize and parse the non-JSON bodies of an operation. */
export interface MediaTypes {
  /** The media type of the request body, unless openapi-fetch sets it. */
  readonly contentType?: string;
  /** Whether to send the body without serializing it. */
  readonly sendAsGiven?: true;
  /** How openapi-fetch parses a 2xx reply. */
  readonly parseAs?: 'text' | 'blob';
}

/** The media types that openapi-fetch must be given: none for JSON, which it expects by default. */
export function mediaTypesOf({ body, replies }: Operation): MediaTypes {
  const successes = replies.filter(({ status }) => status.startsWith('2'));
  return {
    ...requestOf(namesOf(body?.contents ?? [])),
    ...replyOf(namesOf(successes.flatMap(({ contents }) => contents))),
  };
}

function requestOf(mediaTypes: readonly string[]): MediaTypes {
  const [contentType] = mediaTypes;
  if (contentType === undefined || mediaTypes.includes('application/json')) return {};
  // The platform sets the media type of a form, since it must contain the boundary.
  if (contentType.startsWith('multipart/')) return {};
  if (isJson(contentType) || contentType === 'application/x-www-form-urlencoded') return { contentType };
  return { contentType, sendAsGiven: true };
}

function replyOf(mediaTypes: readonly string[]): MediaTypes {
  if (mediaTypes.length === 0 || mediaTypes.some(isJson)) return {};
  return { parseAs: mediaTypes.every((mediaType) => mediaType.startsWith('text/')) ? 'text' : 'blob' };
}

function namesOf(contents: readonly Content[]): string[] {
  return contents.map(({ mediaType }) => mediaType);
}
