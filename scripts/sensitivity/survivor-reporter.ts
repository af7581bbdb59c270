import { relative } from 'node:path';
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import type { Reporter } from '@stryker-mutator/api/report';

/** Prints each survivor when it is found, so an interrupted run has shown something. */
const reporter: Reporter = {
  onMutantTested: ({ fileName, location, mutatorName, replacement, status }) => {
    if (status !== 'Survived' && status !== 'NoCoverage') return;
    const place = `${relative('.', fileName)}:${String(location.start.line)}`;
    console.error(`survived: ${place} ${mutatorName} → ${replacement.replaceAll(/\s+/g, ' ')}`);
  },
};

/** The exports that StrykerJS expects of a plugin. */
export const strykerPlugins = [declareValuePlugin(PluginKind.Reporter, 'survivors', reporter)];
