import { createHash, randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import sql from 'sql-template-tag';
import type { CreateImport, ListImports } from '#contracts';
import { Problem } from '#service';
import type { Queryable } from '../database/database.ts';
import { CsvDownload } from '../exports/csv-download.ts';
import { JsonResponse, ok, type Resource } from '../http/json-response.ts';
import type { Context } from '../http/context.ts';
import { Idempotency } from '../http/idempotency.ts';
import { ImportRepository } from './import.repository.ts';
import type { Upload } from './upload/upload-body.ts';
import { UploadStore } from './upload/upload.store.ts';
import { ImportWorker } from './work/import.worker.ts';

@Injectable()
export class ImportService {
  constructor(
    private readonly imports: ImportRepository,
    private readonly uploads: UploadStore,
    private readonly worker: ImportWorker,
    private readonly idempotency: Idempotency,
    private readonly downloads: CsvDownload,
  ) {}

  /** Keeps the file first, then makes the job: whoever is told of it can rely on it. */
  async create(context: Context, { mode, dryRun = false }: CreateImport, upload: Upload): Promise<JsonResponse> {
    const id = randomUUIDv7();
    const sha256 = await this.uploads.store(id, upload);
    const answer = await this.idempotency
      .once(standingFor(context, sha256), async (tx) => {
        await this.imports.insert(tx, { id, mode, dryRun, actorId: context.caller.actorId });
        const { json, etag } = await this.findOrFail(id, tx);
        return new JsonResponse(202, json, { etag, location: `${context.path}/${id}` });
      })
      .catch(async (error: unknown) => {
        // After a 5xx nobody knows whether the job was made; an upload that has none is swept later.
        if (error instanceof Problem && error.status < 500) await this.uploads.discard(id);
        throw error;
      });
    if (answer.headers['idempotency-replayed']) await this.uploads.discard(id);
    else this.worker.wake();
    return answer;
  }

  async get(id: string): Promise<JsonResponse> {
    return ok(await this.findOrFail(id));
  }

  list(query: ListImports): Promise<string> {
    return this.imports.list(query);
  }

  async errors(id: string, reply: FastifyReply) {
    await this.findOrFail(id);
    return this.downloads.send(reply, `import-${id}-errors.csv`, errorsOf(id));
  }

  private async findOrFail(id: string, db?: Queryable): Promise<Resource> {
    const found = await this.imports.find(id, db);
    if (!found) throw new Problem('not-found', `There is no import ${id}.`);
    return found;
  }
}

/** The key stands for the file's bytes, too, which were not read when the context was made. */
function standingFor(context: Context, sha256: Buffer): Context {
  const { idempotency } = context;
  if (!idempotency) return context;
  const fingerprint = createHash('sha256').update(idempotency.fingerprint).update(sha256).digest();
  return { ...context, idempotency: { ...idempotency, fingerprint } };
}

// A reason may quote the file's own words. They are quoted as RFC 4180 asks and otherwise left as they are: a formula is
// not defused, since whoever reads this file wants to find those words in the other one.
const errorsOf = (id: string) => sql`
  SELECT line, nullif(column_name, '') AS "column", reason FROM import_error WHERE import_id = ${id} ORDER BY line, no`;
