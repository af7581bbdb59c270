import { isRecord } from '../spec.js';
import { refusedMembers } from './list.js';

/** An object of the spec, and where it stands. */
export interface Part {
  /** JSON pointer, references followed. */
  readonly pointer: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Something that the spec says and that is not supported. */
export interface Finding {
  readonly pointer: string;
  readonly keyword: string;
  /** Why, and what to write instead. */
  readonly reason: string;
}

/** Collects what is not supported, and walks from one part of a spec to those in it. */
export class Findings {
  readonly #found = new Map<string, Finding>();

  constructor(readonly spec: Readonly<Record<string, unknown>>) {}

  /** @param keyword - Of the part, or the part's own name where it has no such member. */
  add({ pointer, value }: Part, keyword: string, reason = 'it is not one of the things that are supported.'): void {
    const place = keyword in value ? `${pointer}/${escaped(keyword)}` : pointer;
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

  member(part: Part, name: string): Part | undefined {
    const value = part.value[name];
    return isRecord(value) ? { pointer: `${part.pointer}/${escaped(name)}`, value } : undefined;
  }

  /** The members of an object that is some steps into a part. */
  membersOf(part: Part, ...steps: readonly string[]): Part[] {
    const holder = steps.reduce<Part | undefined>((node, step) => node && this.member(node, step), part);
    if (holder === undefined) return [];
    return Object.keys(holder.value).flatMap((name) => this.member(holder, name) ?? []);
  }

  /** The objects of a list of the part. */
  items({ pointer, value }: Part, name: string): Part[] {
    const list = value[name];
    if (!Array.isArray(list)) return [];
    return list.flatMap((item: unknown, index) =>
      isRecord(item) ? [{ pointer: `${pointer}/${escaped(name)}/${String(index)}`, value: item }] : [],
    );
  }

  /** What a part stands for: itself, or what its reference points to. */
  follow(part: Part): Part {
    const reference = part.value['$ref'];
    if (typeof reference !== 'string' || !reference.startsWith('#/')) return part;
    const pointer = decodeURIComponent(reference.slice(1));
    const value = pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((node, step) => (isRecord(node) ? node[step] : undefined), this.spec);
    return isRecord(value) ? this.follow({ pointer, value }) : part;
  }
}

function escaped(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
