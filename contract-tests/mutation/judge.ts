import { allChecks, checksOf } from '../checks/all-checks.js';
import type { Check } from '../checks/context.js';
import { runCheck } from '../checks/run-check.js';
import { claimsOf, type Claim } from '../checks/client-claims.js';
import type { JsonObject } from '../../src/openapi/index.js';
import { startPrismInProcess } from '../judges/prism-in-process.js';
import type { Subject } from '../judges/subject.js';
import { generatedSources, type Product, type ProductBuilder } from './build-product.js';
import type { ClientFault } from './client-faults.js';
import type { SpecMutant } from './spec-mutants.js';

/** The result for a mutant or a fault. */
export interface Verdict {
  readonly id: string;
  /** The first failing test, by way of testing: `mock`, `product` or `suite`. Empty if it survived. */
  readonly caught: Readonly<Record<string, string>>;
}

/** Runs the suite against mutants and faults. */
export interface Judge {
  /** Fails unless the unchanged product passes everything; otherwise every mutant would be caught. */
  requireBaseline(): Promise<void>;
  mutant(mutant: SpecMutant): Promise<Verdict>;
  fault(fault: ClientFault): Promise<Verdict>;
}

/** Random values per property. A few are enough, because each constraint has its own check. */
const runs = 6;

/** Derives the checks of a description once, for all mutants. */
export async function createJudge(document: JsonObject, builder: ProductBuilder): Promise<Judge> {
  const checks = allChecks(checksOf(document));
  const claims = claimsOf(document);
  const prism = await startPrismInProcess(document);
  const product = await builder.build({});
  const generated = JSON.stringify(await generatedSources(document));
  const baseline: Subject = { ...product, ...prism, baseUrl: 'http://127.0.0.1', runs };
  const withProduct = (other: Product): Subject => ({
    ...baseline,
    validators: other.validators,
    createClient: other.createClient,
  });

  return {
    requireBaseline: async () => {
      const failed = await firstFailure(baseline, checks, claims);
      if (failed !== undefined)
        throw new Error(`The suite fails on the unchanged product, so it cannot judge mutants: ${failed}`);
    },
    mutant: async (mutant) => {
      const { id, pointer } = mutant;
      const mutated = mutant.document();
      const nearestFirst = byNearness(checks, pointer);
      const byMock = await caughtBy(async () =>
        firstFailure({ ...baseline, ...(await startPrismInProcess(mutated)) }, nearestFirst, []),
      );
      const byProduct = await caughtBy(async () => {
        const sources = await generatedSources(mutated);
        // The mutation does not change the product, so it cannot be caught there.
        if (JSON.stringify(sources) === generated) return undefined;
        return firstFailure(withProduct(await builder.build(sources)), nearestFirst, claims);
      });
      return { id, caught: { ...named('mock', byMock), ...named('product', byProduct) } };
    },
    fault: async (fault) => {
      const subject = { ...baseline, createClient: fault.wrap(baseline.createClient) };
      return { id: fault.id, caught: named('suite', await firstFailure(subject, checks, claims)) };
    },
  };
}

function named(way: string, failure: string | undefined): Record<string, string> {
  return failure === undefined ? {} : { [way]: failure };
}

/** A mutant that breaks the mock or the generator counts as caught. */
async function caughtBy(run: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await run();
  } catch (error) {
    return `generation fails: ${error instanceof Error ? error.message : String(error)}`;
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

/** Puts checks near the change first, because they are the most likely to catch it. */
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
