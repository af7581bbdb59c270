/** A type as a documentation page writes it: `object[]`, `string<date-time>`, `enum<string>`. */
export interface Notation {
  /** Without brackets, such as `string`. */
  readonly base: string;
  readonly isEnum: boolean;
  readonly format?: string;
  /** How many arrays are around it. */
  readonly depth: number;
}

/** Writes a type as the page does. */
export function written({ base, isEnum, format, depth }: Notation): string {
  const inner = isEnum ? `enum<${base}>` : format === undefined ? base : `${base}<${format}>`;
  return inner + '[]'.repeat(depth);
}
