import type { Commands } from './command.js';

/** Every command, in the order of the help. A new command is a module with a `defineCommand`, and a line here. */
export const commands: Commands = {
  create: { summary: 'associate the records of each row of a file', load: async () => (await import('./create.js')).createCommand }, // prettier-ignore
  status: { summary: 'summarize the runs of a ledger in ten lines', load: async () => (await import('./status.js')).statusCommand }, // prettier-ignore
  report: { summary: 'write an HTML report of the runs of a ledger', load: async () => (await import('./report.js')).reportCommand }, // prettier-ignore
  types: { summary: 'list the association types of a direction', load: async () => (await import('./types.js')).typesCommand }, // prettier-ignore
  contract: { summary: 'check the client, and your code, against the spec', load: async () => (await import('./contract.js')).contractCommand }, // prettier-ignore
  simulate: { summary: 'serve an in-memory HubSpot account', load: async () => (await import('./simulate.js')).simulateCommand }, // prettier-ignore
  completion: { summary: 'print a completion script for a shell', load: async () => (await import('./completion.js')).completionCommand }, // prettier-ignore
};
