import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ChunkRepository } from '../upload/chunk.repository.ts';
import { ImportRunner } from './import-runner.ts';
import { type Job, LeaseLost } from './job.ts';
import { JobRepository, LEASE_SECONDS } from './job.repository.ts';
import { UndoRunner } from './undo-runner.ts';

/** How often a task looks for jobs that another one left. */
const POLL_MS = 2000;
const SWEEP_MS = 10 * 60_000;
/** How long a job waits after a failure that may be temporary. */
const REST_SECONDS = 5;
/** A job that was started this often without finishing a row is given up. */
const ATTEMPTS = 20;

/** Works on imports, one at a time, while the task runs. */
@Injectable()
export class ImportWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ImportWorker.name);
  private readonly stopping = new AbortController();
  private resting = new AbortController();
  private working: Promise<void> | undefined;
  private sweptAt = 0;

  constructor(
    private readonly jobs: JobRepository,
    private readonly run: ImportRunner,
    private readonly undo: UndoRunner,
    private readonly chunks: ChunkRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.working = this.work();
  }

  /** Stops after the batch in progress; the rest is left to another task. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.working;
  }

  /** There is a new job. */
  wake(): void {
    this.resting.abort();
  }

  private async work(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.resting = new AbortController();
      const busy = await this.doNext().catch((error: unknown) => this.warn(error));
      if (!busy) await sleep(POLL_MS, undefined, { signal: this.resting.signal, ref: false }).catch(() => undefined);
    }
  }

  /** @returns whether there was something to do */
  private async doNext(): Promise<boolean> {
    await this.sweep();
    const job = await this.jobs.claim();
    if (!job) return false;
    const renewing = setInterval(() => void this.jobs.renew(job).catch(() => undefined), (LEASE_SECONDS * 1000) / 3);
    try {
      if (job.attempts > ATTEMPTS)
        await this.run.finish(job, 'It was started repeatedly without progress. The log says why.');
      else await (job.isUndo ? this.undo : this.run).run(job, this.stopping.signal);
      if (this.stopping.signal.aborted) await this.leave(job, 0);
    } catch (error) {
      this.warn(error);
      if (!(error instanceof LeaseLost)) await this.leave(job, REST_SECONDS);
    } finally {
      clearInterval(renewing);
    }
    return true;
  }

  /** Where the database is unreachable, the job becomes free when its lease ends. */
  private leave(job: Job, seconds: number): Promise<void> {
    return this.jobs.release(job, seconds).catch(() => undefined);
  }

  private async sweep(): Promise<void> {
    if (Date.now() - this.sweptAt < SWEEP_MS) return;
    this.sweptAt = Date.now();
    await this.chunks.sweep();
  }

  private warn(error: unknown): false {
    const { message, cause, stack } = error as Error;
    this.logger.warn(`An import stopped: ${cause instanceof Error ? cause.message : message}`, stack);
    return false;
  }
}
