import { openLedger } from 'hubspot-associations/ledger';

// Code of a consumer of the last release that needs Node.

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
