import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareDescriptions, type Finding, readSource, worstFirst } from '../spec-diff/index.js';
import { git } from './git.js';

const defaultVersion = 'openapi.json';

/**
 * The contract changes of every API version between a revision and the working tree, the worst first.
 * A change that several versions share is one finding, reported for the default version.
 *
 * @param base - A git revision.
 * @throws DescriptionError, SourceError if a description cannot be read.
 */
export async function contractChange(base: string, folder: string): Promise<Finding[]> {
  const now = descriptionsIn(readdirSync(join(folder, 'generated')));
  const findings = new Map<string, Finding>();
  const compare = async (name: string): Promise<void> => {
    const old = await readSource(`${base}:generated/${name}`, folder);
    // Users of a removed version must move to the default one.
    const changed = await readSource(`generated/${now.includes(name) ? name : defaultVersion}`, folder);
    for (const finding of compareDescriptions(old.text, old.name, changed.text, changed.name)) {
      const { ruleId, direction, pointer, old: before, new: after } = finding;
      const meaning = JSON.stringify([ruleId, direction, pointer, before, after]);
      if (!findings.has(meaning)) findings.set(meaning, finding);
    }
  };
  await compare(defaultVersion);
  const atBase = git(folder, ['ls-tree', '--name-only', `${base}:./generated`])
    .toString()
    .split('\n');
  for (const name of descriptionsIn(atBase)) if (name !== defaultVersion) await compare(name);
  return worstFirst([...findings.values()]);
}

function descriptionsIn(names: readonly string[]): string[] {
  return names.filter((name) => /^openapi(\..+)?\.json$/.test(name));
}
