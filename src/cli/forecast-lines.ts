import type { Forecast } from './forecast.js';
import { format, formatShare, formatTime } from './format.js';

/** Formats a forecast for people. */
export function forecastLines(forecast: Forecast, { from, to }: { from: string; to: string }): string[] {
  const { batches, pairs, mergedRows, mergedPairs, daily, types } = forecast;
  const merged = mergedRows === 0 ? '' : `; ${format(mergedRows)} rows repeat a pair, ${format(mergedPairs)} pairs with different types, which are merged`; // prettier-ignore
  const lines = [
    'If nothing has to be retried, a run would send:',
    '',
    entry('pairs', `${format(pairs)}${merged}`),
    entry('requests', `${format(batches)}, one for each batch`),
    entry('least time', timeText(forecast)),
    ...daily.map(({ tier, requestsPerDay, share }, at) =>
      entry(at === 0 ? 'of a day' : '', `${formatShare(share)} of ${format(requestsPerDay)} requests: ${tier}`),
    ),
  ];
  for (const [at, type] of types.entries()) {
    const name = `${type.associationCategory} ${String(type.associationTypeId)}`;
    lines.push(
      entry(
        at === 0 ? 'types' : '',
        `${name}, ${type.meaning}: ${format(type.pairs)} ${type.pairs === 1 ? 'pair' : 'pairs'}`,
      ),
    );
  }
  const problems = types.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  if (problems.length > 0) lines.push('', `HubSpot will probably refuse pairs of ${from} → ${to}:`, ...problems.map((problem) => `  ${problem}`)); // prettier-ignore
  return lines;
}

function entry(name: string, text: string): string {
  return `  ${name.padEnd(12)} ${text}`;
}

function timeText({ allowance, leastMs }: Forecast): string {
  if (allowance === false) return 'as fast as the API answers, without an allowance';
  const limit = `${format(allowance.requests)} requests in ${formatTime(allowance.perMs)}`;
  return leastMs === 0 ? `no waiting: all are within ${limit}` : `${formatTime(leastMs)}, under ${limit}`;
}
