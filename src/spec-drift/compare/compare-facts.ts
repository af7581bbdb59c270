import type { Capture, CapturedObject } from './capture.js';
import { compareBody, type Compared } from './compare-members.js';
import { compareOperation } from './compare-operation.js';
import { compareParameters } from './compare-parameters.js';
import { differenceFactory } from './difference.js';
import type { PageFacts, Sample } from '../page/facts.js';
import type { Side } from './side.js';

/** Samples of the request and of the reply. */
export interface SidedSamples {
  readonly request: readonly Sample[];
  readonly reply: readonly Sample[];
}

/** Compares an operation of the capture with its documentation. */
export function compareFacts(capture: Capture, page: PageFacts, pageName: string, samples: SidedSamples): Compared {
  const createDifference = differenceFactory(capture, pageName);
  const marked = Object.values(page.lists).some(({ entries }) => entries.some(({ required }) => required === true));
  const compare = (direction: 'request' | 'reply', object: CapturedObject): Compared => {
    const side: Side = {
      capture,
      direction,
      pointer: direction === 'request' ? 'requestBody' : `responses/${capture.status}`,
      list: page.lists[direction === 'request' ? 'body' : 'reply'],
      samples: samples[direction],
      marked,
      createDifference,
    };
    return compareBody(side, object);
  };
  const request = compare('request', capture.body);
  const reply = compare('reply', capture.reply);
  return {
    differences: [
      ...compareOperation(capture, page, createDifference),
      ...compareParameters(capture, page, createDifference),
      ...request.differences,
      ...reply.differences,
    ],
    unstated: [...request.unstated, ...reply.unstated],
  };
}
