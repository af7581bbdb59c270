import { createAssociationsClient } from 'hubspot-associations';
import openapi from '../../generated/openapi.json' with { type: 'json' };
import { requestBodies, responses } from '../../generated/validators.js';
import type { JsonObject } from '../spec/document.js';
import type { Prism } from './prism.js';
import { startPrismInProcess } from './prism-in-process.js';
import type { Subject } from './subject.js';

/** The description that everything else of the product is generated from. */
export const document: JsonObject = openapi;

const product = { validators: { requestBodies, responses }, createClient: createAssociationsClient, runs: 100 };

/** The product as it is built, with a Prism process as its mock. */
export async function productWith(prism: Prism): Promise<Subject> {
  const { judgeReply } = await startPrismInProcess(document);
  return { ...product, baseUrl: prism.url, mock: prism.fetch, judgeReply };
}

/** The product as it is built, with a Prism that needs no process: for thousands of requests. */
export async function productInProcess(): Promise<Subject> {
  return { ...product, baseUrl: 'http://127.0.0.1', ...(await startPrismInProcess(document)) };
}
