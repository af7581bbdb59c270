import { at, follow, type JsonObject, type Part } from '../../../src/openapi/index.js';
import { differences, type Differs } from './differences.js';
import { refusedMembers } from './list.js';

/** Something that the spec says and that is not supported. */
export interface Finding {
  readonly pointer: string;
  readonly keyword: string;
  /** Why, and what to write instead. */
  readonly reason: string;
}

/** Collects what is not supported, each once. */
export class Findings {
  readonly #found = new Map<string, Finding>();

  readonly differs: Differs;

  constructor(readonly spec: JsonObject) {
    this.differs = differences(spec);
  }

  /**
   * @param keyword - Of the part, or the part's own name where it has no such member.
   * @param shownAs - The keyword that the finding is about, where its place has another name.
   */
  add(
    { pointer, value }: Part,
    keyword: string,
    reason = 'it is not one of the things that are supported here.',
    shownAs = keyword,
  ): void {
    const place = Object.hasOwn(value, keyword) ? at(pointer, keyword) : pointer;
    this.#found.set(`${place} ${reason}`, { pointer: place, keyword: shownAs, reason });
  }

  /** Whether something has been found in the part. */
  has({ pointer }: Part): boolean {
    return this.all().some((finding) => `${finding.pointer}/`.startsWith(`${pointer}/`));
  }

  all(): Finding[] {
    return [...this.#found.values()];
  }

  /** Finds every member that is neither listed nor an extension. */
  requireMembers(part: Part, names: readonly string[]): void {
    for (const name of Object.keys(part.value)) {
      if (names.includes(name) || name.startsWith('x-')) continue;
      this.add(part, name, refusedMembers[name]);
    }
  }

  /** What a part stands for: itself, or what its reference points to. */
  follow(part: Part): Part {
    return follow(this.spec, part, (broken) => broken);
  }
}
