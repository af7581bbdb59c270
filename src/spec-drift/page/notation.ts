/** A type in the notation of a documentation page: `object[]`, `string<date-time>`, `enum<string>`. */
export interface Notation {
  /** The type without brackets, such as `string`. */
  readonly base: string;
  readonly isEnum: boolean;
  readonly format?: string;
  /** The number of enclosing arrays. */
  readonly depth: number;
}

/** Formats a type in the notation of the page. */
export function formatType({ base, isEnum, format, depth }: Notation): string {
  const inner = isEnum ? `enum<${base}>` : format === undefined ? base : `${base}<${format}>`;
  return inner + '[]'.repeat(depth);
}
