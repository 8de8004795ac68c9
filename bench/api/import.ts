import { createReadStream, mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Import } from '#contracts';
import { from } from 'pg-copy-streams';
import { using } from '../support/database.ts';
import { compared, figure } from '../support/figures.ts';
import { startApi } from '../support/processes.ts';
import { AUTHORIZATION, type Bench } from './suite.ts';

const COLUMNS = ['sku', 'name', 'barcode', 'category', 'unit', 'unitCost', 'reorderPoint'];

/** A file of a million items through the API, against COPY of the same file into a table without index or check. */
export const importing: Bench = async ({ server, size }) => {
  const folder = mkdtempSync(join(tmpdir(), 'stockroom-import-'));
  const file = join(folder, 'items.csv');
  writeItems(file, size.million);
  const url = await server.create('imported');
  const bare = await copy(url, file);
  const api = await startApi(url);
  const ours = await importThrough(api.url, file, size.million);
  const peak = api.peakMiB();
  await api.stop();
  rmSync(folder, { recursive: true });
  const rows = size.million.toLocaleString('en');
  return [
    compared(`import of ${rows} rows`, 'rows/s', [{ ours: size.million / ours, peer: size.million / bare }], {
      atLeast: 0.15,
    }),
    figure(`largest resident set during the import of ${rows} rows`, 'MiB', [peak], { atMost: 256 }),
  ];
};

function writeItems(file: string, rows: number): void {
  writeFileSync(file, `${COLUMNS.join(',')}\r\n`);
  const row = (n: number) =>
    `SKU-${n},"Lantern, no. ${n}",4${String(n * 7919).padStart(12, '0')},Category ${n % 40},each,${(n % 5000) / 100},${n % 20}\r\n`;
  for (let n = 0; n < rows; n += 10_000) {
    appendFileSync(file, Array.from({ length: Math.min(10_000, rows - n) }, (_, i) => row(n + i)).join(''));
  }
}

/** @returns seconds */
const copy = (url: string, file: string): Promise<number> =>
  using(url, async (client) => {
    await client.query(`CREATE TABLE bare (${COLUMNS.map((name) => `"${name}" text`).join(', ')})`);
    const begin = performance.now();
    await pipeline(createReadStream(file), client.query(from('COPY bare FROM STDIN WITH (FORMAT csv, HEADER)')));
    const seconds = (performance.now() - begin) / 1000;
    await client.query('DROP TABLE bare');
    return seconds;
  });

/** From the first byte sent until the job is done. @returns seconds */
async function importThrough(url: string, file: string, rows: number): Promise<number> {
  const begin = performance.now();
  const headers = { ...AUTHORIZATION, 'content-type': 'text/csv' };
  const posted = await fetch(`${url}/api/v1/imports`, { method: 'POST', headers, body: await openAsBlob(file) });
  if (posted.status !== 202) throw new Error(`The import was answered with ${posted.status}: ${await posted.text()}`);
  let job = (await posted.json()) as Import;
  while (job.state === 'queued' || job.state === 'running') {
    await sleep(50);
    job = (await (await fetch(`${url}/api/v1/imports/${job.id}`, { headers })).json()) as Import;
  }
  if (job.created !== rows) throw new Error(`Of ${rows} rows ${job.created} made an item: ${JSON.stringify(job)}`);
  return (performance.now() - begin) / 1000;
}
