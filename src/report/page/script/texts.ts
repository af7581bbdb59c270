/** Formats a count for people. */
export function number(value: number | null | undefined): string {
  return (value ?? 0).toLocaleString('en-US', { maximumFractionDigits: 2 });
}

/** Formats a time of work like a clock, with a fraction if it is short. */
export function clockTime(seconds = 0): string {
  if (seconds < 60) return `${number(Math.round(seconds * 100) / 100)} s`;
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** Formats a duration. */
export function takes(seconds = 0): string {
  return seconds < 1 ? `${number(Math.round(seconds * 1_000))} ms` : `${number(seconds)} s`;
}

/** The possible intervals on a time axis, in seconds. */
export const clockSteps: readonly number[] = [
  ...[0.01, 0.1].flatMap((part) => [part, 2 * part, 5 * part]),
  ...[1, 60].flatMap((unit) => [1, 2, 5, 10, 15, 30].map((count) => count * unit)),
  ...[1, 2, 4, 8, 12, 24, 48, 96, 192, 384, 768].map((hours) => hours * 3_600),
];
