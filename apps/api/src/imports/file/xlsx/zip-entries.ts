import { setImmediate as nextTurn } from 'node:timers/promises';
import { Unzip, UnzipInflate, UnzipPassThrough } from 'fflate';
import { FileError } from '../table.ts';

/** How much is inflated at once: at deflate's largest ratio of 1,032 this becomes 4 MiB. */
const SLICE_BYTES = 4096;
/** Of one entry, inflated. A workbook that needs more is refused: what a few kilobytes inflate to has no other bound. */
const MAX_ENTRY_BYTES = 1024 ** 3;
const MAX_ENTRIES = 10_000;
const BLOCKING_MS = 20;

export type Bytes = () => AsyncIterable<Buffer>;

/**
 * Reads one entry of a ZIP file that arrives in pieces, in constant memory: inflated a slice at a time.
 * @returns nothing further where the ZIP has no such entry
 * @throws FileError
 */
export async function* readEntry(bytes: Bytes, wanted: (name: string) => boolean): AsyncGenerator<Uint8Array> {
  const inflated: Uint8Array[] = [];
  let [entries, size] = [0, 0];
  let state = 'before' as 'before' | 'within' | 'after';
  const unzip = new Unzip((file) => {
    if (++entries > MAX_ENTRIES) throw new FileError(`The workbook has more than ${MAX_ENTRIES} parts.`);
    if (state !== 'before' || !wanted(file.name)) return;
    state = 'within';
    file.ondata = (error, data, final) => {
      if (error) throw broken(error);
      if ((size += data.length) > MAX_ENTRY_BYTES) throw new FileError('The workbook is too large: a part of it has more than 1 GiB. Save the sheet as CSV.'); // prettier-ignore
      if (data.length > 0) inflated.push(data);
      if (final) state = 'after';
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  unzip.register(UnzipPassThrough);
  let turnBegan = performance.now();
  for await (const chunk of bytes()) {
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
      try {
        unzip.push(chunk.subarray(at, at + SLICE_BYTES));
      } catch (error) {
        throw error instanceof FileError ? error : broken(error);
      }
      yield* inflated.splice(0);
      if (state === 'after') return;
      if (performance.now() - turnBegan < BLOCKING_MS) continue;
      await nextTurn();
      turnBegan = performance.now();
    }
  }
  if (state === 'within') throw broken(undefined);
}

const broken = (cause: unknown) =>
  new FileError('The workbook is damaged or cut off. Open it in a spreadsheet program and save it again.', { cause });
