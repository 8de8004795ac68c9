import type { ImportDelimiter, ImportEncoding, ImportFormat } from '#contracts';
import type { ChunkRepository } from '../upload/chunk.repository.ts';
import { decompressChunk } from '../upload/chunks.ts';
import { readCsvTable } from './csv-table.ts';
import { charactersOf, FileError, type Row, type Table } from './table.ts';
import { readWorkbook } from './xlsx/workbook.ts';

/** What is known of a stored file, and what its sender said of it. */
export interface FileOptions {
  fileId: string;
  format: ImportFormat;
  encoding: ImportEncoding | null;
  delimiter?: ImportDelimiter;
  sheet?: string;
}

/** Opens a stored file. It is read chunk by chunk: between two, requests are served. @throws FileError */
export function openTable(chunks: ChunkRepository, options: FileOptions): Promise<Table> {
  const bytes = () => readChunks(chunks, options.fileId);
  if (options.format === 'xlsx') return readWorkbook(bytes, options.sheet);
  return readCsvTable(() => decode(bytes(), options.encoding ?? 'utf-8'), options.delimiter);
}

/** Two batches are in memory at a time: the rows of one may be long. */
const MAX_BATCH_CHARACTERS = 2 * 1024 ** 2;

/** Batches of `size` rows, or fewer where they are long, from the row after the first `skip`. */
export async function* batchesOf(rows: AsyncIterable<Row[]>, size: number, skip: number): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  let characters = 0;
  let toSkip = skip;
  for await (const some of rows) {
    for (const row of some.slice(toSkip)) {
      batch.push(row);
      characters += charactersOf(row);
      if (batch.length < size && characters < MAX_BATCH_CHARACTERS) continue;
      yield batch;
      batch = [];
      characters = 0;
    }
    toSkip = Math.max(0, toSkip - some.length);
  }
  if (batch.length > 0) yield batch;
}

async function* readChunks(chunks: ChunkRepository, fileId: string): AsyncGenerator<Buffer> {
  for (let no = 0; ; no++) {
    const compressed = await chunks.find(fileId, no);
    if (!compressed && no === 0) throw new FileError('The file is empty.');
    if (!compressed) return;
    yield await decompressChunk(compressed);
  }
}

/** The bytes were checked while they arrived; another encoding may have been named since. */
async function* decode(bytes: AsyncIterable<Buffer>, encoding: ImportEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  const checked = (chunk: Buffer | undefined): string => {
    try {
      return decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new FileError(`The file is not ${encoding}, from about line ${line} on. Name another encoding.`);
    }
  };
  for await (const chunk of bytes) {
    yield checked(chunk);
    for (const byte of chunk) if (byte === 10) line++;
  }
  yield checked(undefined);
}
