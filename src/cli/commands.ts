import type { Commands } from './command.js';

/** Every command, as the help lists them: a new one is a module with a `defineCommand`, and a line here. Only the one that is given is loaded. */
export const commands: Commands = {
  create: { summary: 'associate the records of each row of a file', load: async () => (await import('./create.js')).createCommand }, // prettier-ignore
  status: { summary: 'say in ten lines what a ledger has of its runs', load: async () => (await import('./status.js')).statusCommand }, // prettier-ignore
  report: { summary: 'write a page that shows what a ledger has of its runs', load: async () => (await import('./report.js')).reportCommand }, // prettier-ignore
  types: { summary: 'list the association type ids of a direction', load: async () => (await import('./types.js')).typesCommand }, // prettier-ignore
  contract: { summary: 'check the client, and your code, against the spec', load: async () => (await import('./contract.js')).contractCommand }, // prettier-ignore
  simulate: { summary: 'serve a HubSpot account in memory', load: async () => (await import('./simulate.js')).simulateCommand }, // prettier-ignore
  completion: { summary: 'print the completion script of a shell', load: async () => (await import('./completion.js')).completionCommand }, // prettier-ignore
};
