import { openLedger } from 'hubspot-associations/ledger';

// What users of the last release have written for Node alone.

export async function rowsOf(path: string): Promise<number> {
  const options = {
    input: { sha256: '', bytes: 0, rows: 0 },
    parameters: { target: 'any', fromObjectType: 'contacts', toObjectType: 'companies', types: [] },
    accessToken: 'any',
  };
  const ledger = await openLedger(path, options);
  await ledger.close();
  return options.input.rows;
}
