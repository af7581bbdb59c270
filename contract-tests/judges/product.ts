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

/** The description that everything else of the product is generated from. */
export const document: JsonObject = documentIn(descriptionFile);

const product = { validators: { requestBodies, responses }, createClient, runs: 100 };

/** A client for the version of the API that the suite is run for. */
export function createClient(options: ClientOptions): AssociationsClient {
  return createAssociationsClient({ apiVersion, ...options });
}

/** The product as it is built, with a Prism process as its mock. */
export async function productWith(prism: Prism): Promise<Subject> {
  const { judgeReply } = await startPrismInProcess(document);
  return { ...product, baseUrl: prism.url, mock: prism.fetch, judgeReply };
}

/** The product as it is built, with a Prism that needs no process: for thousands of requests. */
export async function productInProcess(): Promise<Subject> {
  return { ...product, baseUrl: 'http://127.0.0.1', ...(await startPrismInProcess(document)) };
}

/** The product for a version of the API, which the suite need not be run for, and the description of that version. */
export async function productFor(version: ApiVersion): Promise<Subject & { readonly described: JsonObject }> {
  const described = documentIn(fileOf(version));
  const create: Subject['createClient'] = (options) => createAssociationsClient({ ...options, apiVersion: version });
  return {
    ...product,
    ...(await startPrismInProcess(described)),
    createClient: create,
    baseUrl: 'http://127.0.0.1',
    runs: 2,
    described,
  };
}

function documentIn(file: string): JsonObject {
  return objectOf(JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', file), 'utf8')));
}
