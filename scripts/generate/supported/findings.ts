import { at, follow, type JsonObject, type Part } from '../../../src/openapi/index.js';
import { differences, type Differs } from './differences.js';
import { refusedMembers } from './list.js';

/** A part of the spec that is not supported. */
export interface Finding {
  readonly pointer: string;
  readonly keyword: string;
  /** Why, and what to write instead. */
  readonly reason: string;
}

/** Collects findings without duplicates. */
export class Findings {
  readonly #found = new Map<string, Finding>();

  readonly differs: Differs;

  constructor(readonly spec: JsonObject) {
    this.differs = differences(spec);
  }

  /**
   * @param keyword - A member of the part, or the name of the part itself.
   * @param shownAs - The keyword to report, if it differs from the name of the place.
   */
  add({ pointer, value }: Part, keyword: string, reason = 'it is not supported here.', shownAs = keyword): void {
    const place = Object.hasOwn(value, keyword) ? at(pointer, keyword) : pointer;
    this.#found.set(`${place} ${reason}`, { pointer: place, keyword: shownAs, reason });
  }

  /** Whether there are findings in the part. */
  has({ pointer }: Part): boolean {
    return this.all().some((finding) => `${finding.pointer}/`.startsWith(`${pointer}/`));
  }

  all(): Finding[] {
    return [...this.#found.values()];
  }

  /** Adds every member that is neither listed nor an extension. */
  requireMembers(part: Part, names: readonly string[]): void {
    for (const name of Object.keys(part.value)) {
      if (names.includes(name) || name.startsWith('x-')) continue;
      this.add(part, name, refusedMembers[name]);
    }
  }

  /** Returns the target of a reference, or the part itself if it is not one. */
  follow(part: Part): Part {
    return follow(this.spec, part, (broken) => broken);
  }
}
