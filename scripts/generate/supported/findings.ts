import { at, follow, type JsonObject, type Part } from '../../../src/openapi/index.js';
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

  constructor(readonly spec: JsonObject) {}

  /** @param keyword - Of the part, or the part's own name where it has no such member. */
  add({ pointer, value }: Part, keyword: string, reason = 'it is not one of the things that are supported.'): void {
    const place = keyword in value ? at(pointer, keyword) : pointer;
    this.#found.set(`${place} ${reason}`, { pointer: place, keyword, reason });
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
