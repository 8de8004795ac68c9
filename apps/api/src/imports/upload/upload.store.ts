import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '#service';
import type { Upload } from './upload-body.ts';
import { ChunkRepository } from './chunk.repository.ts';
import { compressChunk, chunksOf } from './chunks.ts';

export const MAX_BYTES = Symbol('MAX_BYTES');

/** Keeps uploads in the database, since any task may have to finish what this one began. */
@Injectable()
export class UploadStore {
  constructor(
    private readonly chunks: ChunkRepository,
    @Inject(MAX_BYTES) private readonly maxBytes: number,
  ) {}

  /**
   * Stores a file as it arrives, a piece at a time.
   * @returns the SHA-256 of its bytes
   * @throws Problem `too-large`, `malformed-request` where it is not UTF-8 or breaks off; nothing of it stays
   */
  async store(id: string, { stream, length = 0 }: Upload): Promise<Buffer> {
    if (length > this.maxBytes) throw this.tooLarge();
    try {
      return await this.storePieces(id, stream);
    } catch (error) {
      await this.discard(id);
      throw stream.errored ? new Problem('malformed-request', 'The upload broke off.', { cause: error }) : error;
    }
  }

  private async storePieces(id: string, stream: Upload['stream']): Promise<Buffer> {
    const hash = createHash('sha256');
    const utf8 = new TextDecoder('utf-8', { fatal: true });
    let bytes = 0;
    let no = 0;
    for await (const piece of chunksOf(stream)) {
      if ((bytes += piece.length) > this.maxBytes) throw this.tooLarge();
      checkUtf8(() => utf8.decode(piece, { stream: true }), bytes - piece.length);
      hash.update(piece);
      await this.chunks.insert(id, no++, await compressChunk(piece));
    }
    checkUtf8(() => utf8.decode(), bytes);
    return hash.digest();
  }

  /** Takes away an upload that no job came of. */
  discard(id: string): Promise<void> {
    return this.chunks.discard(id);
  }

  private tooLarge = () => new Problem('too-large', `A file may have up to ${this.maxBytes} bytes. Send it in parts.`);
}

function checkUtf8(decode: () => string, after: number): void {
  try {
    decode();
  } catch {
    throw new Problem(
      'malformed-request',
      `The file is not UTF-8, somewhere after byte ${after}. Save it as «CSV UTF-8».`,
    );
  }
}
