import { allChecks, checksOf } from '../checks/all-checks.js';
import type { Check } from '../checks/context.js';
import { runCheck } from '../checks/run-check.js';
import { claimsOf, type Claim } from '../checks/client-claims.js';
import type { JsonObject } from '../../src/openapi/index.js';
import { startPrismInProcess } from '../judges/prism-in-process.js';
import type { Subject } from '../judges/subject.js';
import { generatedSources, type Product, type Workshop } from './build-product.js';
import type { ClientFault } from './client-faults.js';
import type { SpecMutant } from './spec-mutants.js';

/** What became of a mutant or a fault. */
export interface Verdict {
  readonly id: string;
  /** By which ways it was caught, and the first test that did. */
  readonly caught: Readonly<Record<string, string>>;
}

/** Judges mutants and faults of one description. */
export interface Judge {
  /** Fails unless the product as it is passes everything: otherwise any mutant would be caught. */
  requireSound(): Promise<void>;
  mutant(mutant: SpecMutant): Promise<Verdict>;
  fault(fault: ClientFault): Promise<Verdict>;
}

/** Random values per property: fewer than in the suite, since every constraint has a test of its own. */
const runs = 6;

/** Sets up the suite of a description, for one mutant after the other. */
export async function createJudge(document: JsonObject, workshop: Workshop): Promise<Judge> {
  const checks = allChecks(checksOf(document));
  const claims = claimsOf(document);
  const prism = await startPrismInProcess(document);
  const product = await workshop.build({});
  const generated = JSON.stringify(await generatedSources(document));
  const sound: Subject = { ...product, ...prism, baseUrl: 'http://127.0.0.1', runs };
  const withProduct = (other: Product): Subject => ({
    ...sound,
    validators: other.validators,
    createClient: other.createClient,
  });

  return {
    requireSound: async () => {
      const failed = await firstFailure(sound, checks, claims);
      if (failed !== undefined)
        throw new Error(`The suite fails without any change, so it cannot judge one: ${failed}`);
    },
    mutant: async (mutant) => {
      const { id, pointer } = mutant;
      const mutated = mutant.document();
      const near = byNearness(checks, pointer);
      const byMock = await caughtBy(async () =>
        firstFailure({ ...sound, ...(await startPrismInProcess(mutated)) }, near, []),
      );
      const byProduct = await caughtBy(async () => {
        const sources = await generatedSources(mutated);
        // The same product behaves in the same way.
        if (JSON.stringify(sources) === generated) return undefined;
        return firstFailure(withProduct(await workshop.build(sources)), near, claims);
      });
      return { id, caught: { ...named('mock', byMock), ...named('product', byProduct) } };
    },
    fault: async (fault) => {
      const subject = { ...sound, createClient: fault.around(sound.createClient) };
      return { id: fault.id, caught: named('suite', await firstFailure(subject, checks, claims)) };
    },
  };
}

function named(way: string, failure: string | undefined): Record<string, string> {
  return failure === undefined ? {} : { [way]: failure };
}

/** A description that no mock and no product can be made of has been caught before any test. */
async function caughtBy(run: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await run();
  } catch (error) {
    return `it cannot be generated: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function firstFailure(
  subject: Subject,
  checks: readonly Check[],
  claims: readonly Claim[],
): Promise<string | undefined> {
  for (const claim of claims) {
    const held = await claim.run(subject).then(
      () => true,
      () => false,
    );
    if (!held) return claim.title;
  }
  for (const check of checks) {
    const { passed } = await runCheck(check, subject);
    if (!passed) return `${check.item.group}: ${check.item.title}`;
  }
  return undefined;
}

/** What is tested near a change notices it first. */
function byNearness(checks: readonly Check[], pointer: string): Check[] {
  const steps = pointer.split('/');
  const nearness = ({ item }: Check): number => {
    const other = item.pointer.split('/');
    const differs = steps.findIndex((step, index) => other[index] !== step);
    return differs === -1 ? steps.length : differs;
  };
  return checks
    .map((check) => ({ check, near: nearness(check) }))
    .sort((one, other) => other.near - one.near)
    .map(({ check }) => check);
}
