import { catalogItems, itemsToCsv } from './file/catalog-items.ts';
import { invoiceMovements, expectedLevels, openingReceipts } from './file/movements.ts';
import { readSalesFile } from './file/sales-file.ts';
import { type Credentials, signedIn } from './sign-in.ts';
import { type LevelDifference, compareLevels } from './steps/compare-levels.ts';
import { importItems } from './steps/import-items.ts';
import { ensureLocation } from './steps/ensure-location.ts';
import { existingReferences, postMovements } from './steps/post-movements.ts';

export interface ReplayOptions {
  file: string;
  url: string;
  credentials: Credentials;
  /** How many movements are under way at once. */
  concurrency: number;
  /** The code of the location that the file's stock is kept at. One file, one location. */
  location: string;
  /** Told how far a step is. */
  progress: (step: string, done: number, total: number) => void;
}

export interface ReplayResult {
  lines: number;
  invoices: number;
  items: number;
  /** Opening receipts and invoices. */
  movements: number;
  /** Of these: written by this run, known to the API by their idempotency key, and found in the ledger beforehand. */
  posted: number;
  replayed: number;
  recognised: number;
  /** How long the posting took. */
  seconds: number;
  levels: number;
  differences: LevelDifference[];
}

/** Books a retailer's file of sales through the API, then compares every level with the file's own sum. Safe to repeat. */
export async function replay({
  url,
  credentials,
  location,
  progress,
  concurrency,
  ...options
}: ReplayOptions): Promise<ReplayResult> {
  const file = await readSalesFile(options.file);
  const client = signedIn(url, credentials);
  const keyFor = (name: string) => encodeURIComponent(`replay ${file.fingerprint} ${location} ${name}`);
  const articles = catalogItems(file.lines);
  const opening = openingReceipts(file, location);
  const invoices = invoiceMovements(file, location);

  const place = await ensureLocation(client, location, keyFor('location'));
  const booked = await existingReferences(client, place);
  const isMissing = ({ reference }: { reference: string }) => !booked.has(reference);
  // Items are made before the first receipt of them: where all receipts are there, so are the items.
  if (opening.some(isMissing)) {
    await importItems(client, itemsToCsv(articles), keyFor('items'), (done) =>
      progress('items', done, articles.length),
    );
  }
  const begin = performance.now();
  const sums = { posted: 0, replayed: 0 };
  for (const [step, documents] of Object.entries({ 'opening stock': opening, invoices })) {
    const missing = documents.filter(isMissing);
    const before = documents.length - missing.length;
    const tell = (done: number) => progress(step, before + done, documents.length);
    const { posted, replayed } = await postMovements(client, missing, { concurrency, keyFor, tell });
    sums.posted += posted;
    sums.replayed += replayed;
  }
  const seconds = (performance.now() - begin) / 1000;
  const expected = expectedLevels(file);
  const movements = opening.length + invoices.length;
  return {
    lines: file.lines.length,
    invoices: new Set(file.lines.map(({ invoice }) => invoice)).size,
    items: articles.length,
    movements,
    ...sums,
    recognised: movements - sums.posted - sums.replayed,
    seconds,
    levels: expected.size,
    differences: await compareLevels(client, place, expected),
  };
}
