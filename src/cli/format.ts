/** Formats a count for people. */
export function format(count: number): string {
  return count.toLocaleString('en-US');
}

/** Formats a duration for people: `12 s`, `1:36`, `2:05:09`. */
export function formatTime(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${String(seconds)} s`;
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours, ...rest] = parts;
  const shown = hours === 0 ? rest : parts;
  return shown.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** Formats a share for people. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.001) return 'under 0.001 %';
  const digits = percent === 0 || percent >= 10 ? 0 : Math.min(3, 1 - Math.floor(Math.log10(percent)));
  return `${percent.toFixed(digits)} %`;
}
