import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createAssociationsClient,
  type ApiVersion,
  type AssociationsClient,
  type ClientOptions,
} from 'hubspot-associations';
import { requestBodies, responses } from '../../generated/validators.js';
import { objectOf, type JsonObject } from '../../src/openapi/index.js';
import { apiVersion, descriptionFile, fileOf } from './api-version.js';
import type { Prism } from './prism.js';
import { startPrismInProcess } from './prism-in-process.js';
import type { Subject } from './subject.js';

/** The description that the product is generated from. */
export const document: JsonObject = documentIn(descriptionFile);

const product = { validators: { requestBodies, responses }, createClient, runs: 100 };

/** Creates a client for the API version under test. */
export function createClient(options: ClientOptions): AssociationsClient {
  return createAssociationsClient({ apiVersion, ...options });
}

/** The built product, with a Prism process as its mock. */
export async function productWith(prism: Prism): Promise<Subject> {
  const { judgeReply } = await startPrismInProcess(document);
  return { ...product, baseUrl: prism.url, mock: prism.fetch, judgeReply };
}

/** The built product, with Prism in this process, which is faster for thousands of requests. */
export async function productInProcess(): Promise<Subject> {
  return { ...product, baseUrl: 'http://127.0.0.1', ...(await startPrismInProcess(document)) };
}

/** The product for any API version, with its description. */
export async function productFor(version: ApiVersion): Promise<Subject & { readonly description: JsonObject }> {
  const description = documentIn(fileOf(version));
  const createForVersion: Subject['createClient'] = (options) =>
    createAssociationsClient({ ...options, apiVersion: version });
  return {
    ...product,
    ...(await startPrismInProcess(description)),
    createClient: createForVersion,
    baseUrl: 'http://127.0.0.1',
    runs: 2,
    description,
  };
}

function documentIn(file: string): JsonObject {
  return objectOf(JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', file), 'utf8')));
}
