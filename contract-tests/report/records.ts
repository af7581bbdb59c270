import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObservation, type Observation } from '../judges/observation.js';

/**
 * Reads the observations that the processes of a run recorded: one file per process, one observation per line.
 *
 * @throws Error with file and line if a record cannot be read, because a report without it would be wrong.
 */
export async function readRecords(folder: string): Promise<Observation[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ndjson')).sort();
  const observations = await Promise.all(
    files.map(async (file) => {
      const lines = (await readFile(join(folder, file), 'utf8')).split('\n');
      return lines.flatMap((line, index) => (line === '' ? [] : [parseRecord(line, `${file}:${String(index + 1)}`)]));
    }),
  );
  return observations.flat();
}

function parseRecord(line: string, place: string): Observation {
  const value: unknown = parsed(line);
  if (isObservation(value)) return value;
  throw new Error(`${place} is not an observation: ${line.slice(0, 200)}`);
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
