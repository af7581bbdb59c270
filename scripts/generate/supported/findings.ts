import { isRecord } from '../spec.js';
import { refusedMembers } from './list.js';
import { differences, type Differs } from './differences.js';

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
  readonly differs: Differs;

  constructor(readonly spec: Readonly<Record<string, unknown>>) {
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
    const place = keyword in value ? `${pointer}/${escaped(keyword)}` : pointer;
    this.#found.set(`${place} ${reason}`, { pointer: place, keyword: shownAs, reason });
  }

  all(): Finding[] {
    return [...this.#found.values()];
  }

  /** Whether something has been found in the part. */
  has({ pointer }: Part): boolean {
    return this.all().some((finding) => `${finding.pointer}/`.startsWith(`${pointer}/`));
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

  /** What a part stands for: itself, or what its reference points to. One that leads nowhere is itself. */
  follow(part: Part, passed: readonly string[] = []): Part {
    const reference = part.value['$ref'];
    if (typeof reference !== 'string' || passed.includes(reference)) return part;
    const target = this.target(reference);
    return target === undefined ? part : this.follow(target, [...passed, reference]);
  }

  /** The object that a reference points to, if there is one. */
  target(reference: string): Part | undefined {
    if (!reference.startsWith('#/')) return undefined;
    const pointer = decoded(reference.slice(1));
    const value = pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>(
        (node, step) => (isRecord(node) ? node[step] : Array.isArray(node) ? node[Number(step)] : undefined),
        this.spec,
      );
    return isRecord(value) ? { pointer, value } : undefined;
  }
}

/** A per cent sign that starts no code is one that stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function escaped(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1');
}
