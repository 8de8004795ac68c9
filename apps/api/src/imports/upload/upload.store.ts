import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ImportEncoding, ImportFormat } from '#contracts';
import { Problem } from '#service';
import { EncodingDetector } from '../file/encoding-detector.ts';
import { ChunkRepository } from './chunk.repository.ts';
import { chunksOf, compressChunk } from './chunks.ts';
import type { Upload } from './upload-body.ts';

export const MAX_BYTES = Symbol('MAX_BYTES');

/** A file as it is kept. */
export interface StoredFile {
  fileId: string;
  sha256: Buffer;
  format: ImportFormat;
  encoding: ImportEncoding | null;
}

/** Keeps uploads in the database, since any task may have to finish what this one began. */
@Injectable()
export class UploadStore {
  constructor(
    private readonly chunks: ChunkRepository,
    @Inject(MAX_BYTES) private readonly maxBytes: number,
  ) {}

  /**
   * Stores a file as it arrives, a chunk at a time.
   * @param encoding as the sender names it. Default: detected
   * @throws Problem `too-large`, `malformed-request` where it is not text or breaks off; nothing of it stays
   */
  async store(
    fileId: string,
    { stream, length = 0 }: Upload,
    encoding: ImportEncoding | undefined,
  ): Promise<StoredFile> {
    if (length > this.maxBytes) throw this.tooLarge();
    try {
      return await this.storeChunks(fileId, stream, encoding);
    } catch (error) {
      await this.discard(fileId);
      throw stream.errored ? new Problem('malformed-request', 'The upload broke off.', { cause: error }) : error;
    }
  }

  private async storeChunks(
    fileId: string,
    stream: Upload['stream'],
    encoding: ImportEncoding | undefined,
  ): Promise<StoredFile> {
    const hash = createHash('sha256');
    const detector = new EncodingDetector(encoding);
    let bytes = 0;
    let no = 0;
    for await (const chunk of chunksOf(stream)) {
      if ((bytes += chunk.length) > this.maxBytes) throw this.tooLarge();
      detector.push(chunk);
      hash.update(chunk);
      await this.chunks.insert(fileId, no++, await compressChunk(chunk));
    }
    return { fileId, sha256: hash.digest(), ...detector.finish() };
  }

  /** Takes away an upload that no job came of. */
  discard(fileId: string): Promise<void> {
    return this.chunks.discard(fileId);
  }

  /** Whether the file is still there. */
  has(fileId: string): Promise<boolean> {
    return this.chunks.has(fileId);
  }

  private tooLarge = () => new Problem('too-large', `A file may have up to ${this.maxBytes} bytes. Send it in parts.`);
}
