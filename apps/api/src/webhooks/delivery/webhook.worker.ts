import { setTimeout as sleep } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { EventService } from '../../events/event.service.ts';
import { FeedTail } from '../../events/stream/feed-tail.ts';
import { WebhookRepository } from '../webhook.repository.ts';
import { DeliveryRun } from './delivery-run.ts';
import { LeaseLost, LeaseRepository } from './lease.repository.ts';
import { RequestedDeliveries } from './requested-deliveries.ts';
import { WebhookSender } from './webhook-sender.ts';

/** How often a task looks for webhooks that are due and that no task sends for. */
const POLL_MS = 1_000;
/** After it has taken one, so that the tasks share them. */
const PAUSE_MS = 30;
/** What is in flight when the task is to end may take this long. Then it is aborted, and another task sends it again. */
const END_MS = 5_000;

/** Sends the events of the webhooks that this task has leases on, all at the same time, while the task runs. */
@Injectable()
export class WebhookWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('webhooks');
  private readonly stopping = new AbortController();
  private readonly aborting = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private resting = new AbortController();
  private working: Promise<void> | undefined;
  private isFailing = false;

  constructor(
    private readonly leases: LeaseRepository,
    private readonly webhooks: WebhookRepository,
    private readonly requested: RequestedDeliveries,
    private readonly sender: WebhookSender,
    private readonly events: EventService,
    private readonly tail: FeedTail,
  ) {}

  onApplicationBootstrap(): void {
    this.working = this.work();
  }

  /** Gives the webhooks to other tasks, each after the request in flight. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.wake();
    const end = setTimeout(() => this.aborting.abort(), END_MS);
    await this.working;
    await Promise.all(this.running);
    clearTimeout(end);
  }

  /** A webhook was added or changed, or a delivery was asked for. */
  wake(): void {
    this.resting.abort();
  }

  private async work(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.resting = new AbortController();
      const hasTaken = await this.takeNext().catch((error: Error) => this.warn(error));
      const { signal } = this.resting;
      await sleep(hasTaken ? PAUSE_MS * Math.random() : POLL_MS, undefined, { signal, ref: false }).catch(() => undefined); // prettier-ignore
    }
  }

  /** @returns whether there was something to take */
  private async takeNext(): Promise<boolean> {
    const make = await this.requested.claim();
    if (make) this.start(make(this.aborting.signal));
    // As many at once as there are webhooks, whose number is bounded: none waits for another.
    const lease = await this.leases.claim();
    if (lease)
      this.start(
        new DeliveryRun(lease, {
          leases: this.leases,
          sender: this.sender,
          events: this.events,
          tail: this.tail,
          disable: (id, reason) => this.webhooks.disable(id, reason),
          stopping: this.stopping.signal,
          aborting: this.aborting.signal,
        }).run(),
      );
    this.isFailing = false;
    return make !== undefined || lease !== undefined;
  }

  private start(work: Promise<void>): void {
    const running = work
      .catch((error: Error) => void (error instanceof LeaseLost || this.warn(error)))
      .finally(() => this.running.delete(running));
    this.running.add(running);
  }

  /** Once, until it works again. */
  private warn({ message, cause }: Error): false {
    if (!this.isFailing) this.logger.warn(`Not sent for now: ${cause instanceof Error ? cause.message : message}`);
    this.isFailing = true;
    return false;
  }
}
