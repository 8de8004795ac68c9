import { createHash, randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import sql from 'sql-template-tag';
import type {
  CreateImport,
  ImportReference,
  ListFailedRows,
  ListImports,
  ProposeMapping,
  RerunImport,
} from '#contracts';
import { Problem } from '#service';
import type { Queryable } from '../database/database.ts';
import { CsvDownload } from '../exports/csv-download.ts';
import { JsonResponse, ok, type Resource } from '../http/json-response.ts';
import type { Context } from '../http/context.ts';
import { Idempotency } from '../http/idempotency.ts';
import { failedCsv } from './failed-csv.ts';
import { ImportRepository, type NewImport } from './import.repository.ts';
import { proposeMapping } from './mapping/propose-mapping.ts';
import { ChunkRepository } from './upload/chunk.repository.ts';
import type { Upload } from './upload/upload-body.ts';
import { UploadStore } from './upload/upload.store.ts';
import { ImportWorker } from './jobs/import.worker.ts';

@Injectable()
export class ImportService {
  constructor(
    private readonly imports: ImportRepository,
    private readonly uploads: UploadStore,
    private readonly chunks: ChunkRepository,
    private readonly worker: ImportWorker,
    private readonly idempotency: Idempotency,
    private readonly downloads: CsvDownload,
  ) {}

  /** Keeps the file first, then makes the job: a caller that was told of it can rely on it. */
  async create(context: Context, query: CreateImport, upload: Upload): Promise<JsonResponse> {
    const id = randomUUIDv7();
    const stored = await this.uploads.store(id, upload, query.encoding);
    const { mode = 'upsert', stock = 'opening', dryRun = false, again = false, fileName = null } = query;
    const job = { ...stored, id, mode, stock, dryRun, fileName, options: readOptions(query), rerunOf: null };
    const response = await this.idempotency
      .once(withFile(context, stored.sha256), (tx) => this.insert(tx, context, job, again))
      .catch(async (error: unknown) => {
        // After a 5xx it is not known whether the job was made; an upload that has none is swept later.
        if (error instanceof Problem && error.status < 500) await this.uploads.discard(id);
        throw error;
      });
    if (response.headers['idempotency-replayed']) await this.uploads.discard(id);
    else this.worker.wake();
    return response;
  }

  /** Reads the file of an import that booked nothing once more. */
  async rerun(context: Context, id: string, body: RerunImport): Promise<JsonResponse> {
    const { corrections = [], again = false } = body;
    const response = await this.idempotency.once(context, async (tx) => {
      const of = await this.imports.findStored(tx, id);
      if (!of) throw notFound(id);
      if (!(await this.chunks.has(of.fileId)))
        throw new Problem('conflict', `The file of import ${id} is no longer kept: it was imported, or is older than a day. Send it again with POST /imports.`); // prettier-ignore
      const { encoding = of.encoding, mode = of.mode, stock = of.stock, dryRun = false } = body;
      const options = { ...of.options, ...readOptions(body) };
      const job = {
        ...of,
        id: randomUUIDv7(),
        mode,
        stock,
        dryRun,
        options,
        rerunOf: id,
        encoding: of.format === 'csv' ? encoding : null,
      };
      const made = await this.insert(tx, { ...context, path: context.path.replace(/\/[^/]+\/rerun$/, '') }, job, again);
      await this.imports.insertCorrections(tx, job.id, id, corrections);
      return made;
    });
    this.worker.wake();
    return response;
  }

  private async insert(
    tx: Queryable,
    context: Context,
    job: Omit<NewImport, 'sameFileAs' | 'actorId'>,
    again: boolean,
  ): Promise<JsonResponse> {
    const same = await this.imports.findSameFile(tx, job.sha256);
    if (same && !again && !job.dryRun) throw sameFile(same);
    await this.imports.insert(tx, { ...job, sameFileAs: same?.id ?? null, actorId: context.caller.actorId });
    const { json, etag } = await this.findOrFail(job.id, tx);
    return new JsonResponse(202, json, { etag, location: `${context.path}/${job.id}` });
  }

  async get(id: string): Promise<JsonResponse> {
    return ok(await this.findOrFail(id));
  }

  list(query: ListImports): Promise<string> {
    return this.imports.list(query);
  }

  propose({ headings }: ProposeMapping): JsonResponse {
    const columns = proposeMapping(headings).map((column) => ({ ...column, samples: [], decimal: null }));
    return new JsonResponse(200, JSON.stringify({ columns }));
  }

  async failedRows(id: string, query: ListFailedRows): Promise<string> {
    await this.findOrFail(id);
    return this.imports.listFailedRows(id, query);
  }

  async errors({ caller }: Context, id: string, reply: FastifyReply) {
    await this.findOrFail(id);
    return this.downloads.send(reply, caller.actorId, `import-${id}-errors.csv`, { query: errorsOf(id) });
  }

  async failedCsv({ caller }: Context, id: string, reply: FastifyReply) {
    await this.findOrFail(id);
    return this.downloads.sendText(reply, caller.actorId, `import-${id}-failed.csv`, failedCsv(this.imports, id));
  }

  async cancel(context: Context, id: string): Promise<JsonResponse> {
    return this.idempotency.once(context, async (tx) => {
      const job = await this.imports.cancel(tx, id);
      const found = await this.findOrFail(id, tx);
      if (!job) throw new Problem('conflict', `Import ${id} is ${stateOf(found)}: only one that is queued or running can be cancelled.`); // prettier-ignore
      if (!job.dryRun) await this.chunks.remove(tx, job.fileId);
      return ok(found);
    });
  }

  async undo(context: Context, id: string): Promise<JsonResponse> {
    const response = await this.idempotency.once(context, async (tx) => {
      const begun = await this.imports.beginUndo(tx, id, context.caller.actorId);
      const { json, etag } = await this.findOrFail(id, tx);
      if (!begun) throw new Problem('conflict', `Import ${id} is ${stateOf({ json })}: only one that has ended and was no dry run can be undone, once.`); // prettier-ignore
      return new JsonResponse(202, json, { etag });
    });
    this.worker.wake();
    return response;
  }

  private async findOrFail(id: string, db?: Queryable): Promise<Resource> {
    const found = await this.imports.find(id, db);
    if (!found) throw notFound(id);
    return found;
  }
}

const notFound = (id: string) => new Problem('not-found', `There is no import ${id}.`);

const stateOf = ({ json }: { json: string }): string => {
  const { state, dryRun } = JSON.parse(json) as { state: string; dryRun: boolean };
  return dryRun ? `a dry run, ${state}` : state;
};

const sameFile = (same: ImportReference) =>
  new Problem('same-file', `The same file was imported before, as ${same.fileName ?? same.id} at ${same.createdAt}. Nothing was booked now. Send it with ?again=true to import it once more.`, { extensions: { sameFileAs: same } }); // prettier-ignore

const readOptions = ({ delimiter, decimal, sheet, mapping }: CreateImport | RerunImport) => ({
  ...(delimiter && { delimiter }),
  ...(decimal && { decimal }),
  ...(sheet && { sheet }),
  ...(mapping && { mapping }),
});

/** The key stands for the file's bytes, too, which were not read when the context was made. */
function withFile(context: Context, sha256: Buffer): Context {
  const { idempotency } = context;
  if (!idempotency) return context;
  const fingerprint = createHash('sha256').update(idempotency.fingerprint).update(sha256).digest();
  return { ...context, idempotency: { ...idempotency, fingerprint } };
}

// A reason may quote the file's own words. They are quoted as RFC 4180 asks and otherwise left as they are: a formula is
// not defused, since the reader of this file wants to find those words in the other one.
const errorsOf = (id: string) => sql`
  SELECT line, nullif(column_name, '') AS "column", reason FROM import_error WHERE import_id = ${id} ORDER BY line, no`;
