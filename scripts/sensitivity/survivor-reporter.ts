import { relative } from 'node:path';
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import type { Reporter } from '@stryker-mutator/api/report';

/** Names each survivor as soon as it is found, so that a run that is interrupted has shown something. */
const reporter: Reporter = {
  onMutantTested: ({ fileName, location, mutatorName, replacement, status }) => {
    if (status !== 'Survived' && status !== 'NoCoverage') return;
    const place = `${relative('.', fileName)}:${String(location.start.line)}`;
    console.error(`survived: ${place} ${mutatorName} → ${replacement.replaceAll(/\s+/g, ' ')}`);
  },
};

/** What StrykerJS looks for in a plugin. */
export const strykerPlugins = [declareValuePlugin(PluginKind.Reporter, 'survivors', reporter)];
