import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';

/** What is kept in one row of the database, before it is compressed. */
const PIECE_BYTES = 256 * 1024;

/** The stream in pieces of one size, the last one aside. The stream itself stays open, so that the client can read a refusal. */
export async function* chunksOf(stream: Readable): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    if (bytes < PIECE_BYTES) continue;
    yield Buffer.concat(parts);
    parts = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(parts);
}

const compress = promisify(zstdCompress);

/** The quickest level: a CSV file shrinks to a quarter, in less time than the rest would take to write. */
export const compressChunk = (piece: Buffer): Promise<Buffer> =>
  compress(piece, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });

export const decompressChunk: (packed: Buffer) => Promise<Buffer> = promisify(zstdDecompress);
