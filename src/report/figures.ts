/** Formats a count for people. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Formats a count with its noun, in the singular or plural: `1 request`, `2 requests`. */
export function counted(value: number, noun: string): string {
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : noun.endsWith('ch') ? `${noun}es` : `${noun}s`;
  return `${count(value)} ${value === 1 ? noun : plural}`;
}

/** Formats a duration for people, in its two largest units. */
export function duration(ms: number): string {
  if (ms === 0) return '0 s';
  if (ms < 1_000) return `${String(Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return `${String(Math.floor(seconds / 60))} min ${String(seconds % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${count(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
}

/** Formats a part of a whole. Less than everything is never shown as 100 %, nor more than nothing as 0 %. */
export function share(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const percent = (100 * part) / whole;
  if (part > 0 && percent < 0.1) return '< 0.1 %';
  if (part < whole && percent > 99.9) return '> 99.9 %';
  return `${Number(percent.toFixed(1)).toString()} %`;
}

/** Formats a moment for people, in UTC, which means the same to every reader of a report. */
export function moment(iso: string): string {
  const [day, time = ''] = iso.split('T');
  return `${day ?? ''} ${time.slice(0, 8)} UTC`;
}
