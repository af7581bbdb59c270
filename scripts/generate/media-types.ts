import { isJson, type Content, type Operation } from '../../src/openapi/index.js';

/** How the bodies of an operation are written and read, where they are no JSON. */
export interface MediaTypes {
  /** The media type of the request body, where it has to be said. */
  readonly contentType?: string;
  /** Whether the body goes out as it is given. */
  readonly sendAsGiven?: true;
  /** As what openapi-fetch is to read a 2xx reply. */
  readonly parseAs?: 'text' | 'blob';
}

/** Of an operation whose bodies are JSON, which is what openapi-fetch expects, nothing has to be said. */
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
  // The platform writes the boundary of a form behind its media type.
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
