import { CsvReader, type CsvRow, MAX_RECORD } from '../csv/csv-reader.ts';
import { type Header, readHeader } from '../csv/header.ts';
import type { ChunkRepository } from '../upload/chunk.repository.ts';
import { decompressChunk } from '../upload/chunks.ts';

/** A stored file. Read piece by piece: between two pieces, requests are served. */
export class ImportFile {
  constructor(
    private readonly chunks: ChunkRepository,
    private readonly id: string,
  ) {}

  /** @throws FileError */
  async header(): Promise<Header> {
    let beginning = '';
    for await (const text of this.texts()) {
      beginning += text;
      if (beginning.length > MAX_RECORD) return readHeader(beginning, false);
    }
    return readHeader(beginning, true);
  }

  async count(header: Header): Promise<number> {
    let count = 0;
    for await (const rows of this.rows(header)) count += rows.length;
    return count;
  }

  /** Batches of `size` rows, the last one aside, from the row after the first `skip`. */
  async *batches(header: Header, size: number, skip: number): AsyncGenerator<CsvRow[]> {
    let batch: CsvRow[] = [];
    let toSkip = skip;
    for await (const rows of this.rows(header)) {
      const wanted = rows.slice(toSkip);
      toSkip = Math.max(0, toSkip - rows.length);
      for (let from = 0; from < wanted.length;) {
        const taken = wanted.slice(from, from + size - batch.length);
        batch.push(...taken);
        from += taken.length;
        if (batch.length < size) continue;
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  }

  /** The rows after the header, some at a time. */
  private async *rows({ delimiter }: Header): AsyncGenerator<CsvRow[]> {
    const reader = new CsvReader(delimiter);
    let headerPassed = false;
    const afterHeader = (rows: CsvRow[]) => {
      const rest = headerPassed ? rows : rows.slice(1);
      headerPassed ||= rows.length > 0;
      return rest;
    };
    for await (const text of this.texts()) yield afterHeader(reader.read(text));
    yield afterHeader(reader.read('', true));
  }

  private async *texts(): AsyncGenerator<string> {
    const utf8 = new TextDecoder();
    for (let no = 0; ; no++) {
      const packed = await this.chunks.find(this.id, no);
      if (!packed) return;
      yield utf8.decode(await decompressChunk(packed), { stream: true });
    }
  }
}
