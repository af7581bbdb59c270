/** Every kind of outcome that an input can have, in the order in which they are shown. */
export const outcomeKinds = ['created', 'failed', 'invalid', 'unconfirmed', 'unsent'] as const;

export type OutcomeKind = (typeof outcomeKinds)[number];

/** How many inputs have each kind of outcome. */
export type OutcomeCounts = Readonly<Record<OutcomeKind, number>>;

export const noOutcomes: OutcomeCounts = { created: 0, failed: 0, invalid: 0, unconfirmed: 0, unsent: 0 };
