import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { batch, subject, useLedgerPath, using } from './test-support.js';

const place = useLedgerPath();
const index = join(import.meta.dirname, '..', '..', 'dist', 'src', 'ledger', 'index.js');

test('requests that were recorded before the process was killed are kept', async () => {
  const script = `
    import { openLedger } from ${JSON.stringify(index)};
    const ledger = await openLedger(${JSON.stringify(place.path)}, ${JSON.stringify(subject)});
    void ledger.append(${JSON.stringify(batch([[2, 3]]))});
    for (let request = 0; request < 48; request += 1) ledger.requestSent(new Date());
    process.kill(process.pid, 'SIGKILL');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
  const [, signal] = (await once(child, 'close')) as [number | null, string];
  expect(signal).toBe('SIGKILL');
  const recent = await using(place.path, (ledger) => ledger.recentRequests);
  expect(recent).toHaveLength(48);
});
