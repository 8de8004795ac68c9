import { setTimeout as sleep } from 'node:timers/promises';
import { namedEventTypes } from '#contracts';
import { Problem } from '#service';
import { formatCursor } from '../../events/event-cursor.ts';
import type { EventService, FeedPage, PublishedEvent } from '../../events/event.service.ts';
import type { FeedTail } from '../../events/stream/feed-tail.ts';
import { REQUEST_TIMEOUT_MS, type RequestResult } from '../request/webhook-client.ts';
import { backoffSeconds } from './backoff.ts';
import {
  type Lease,
  LEASE_MS,
  type LeaseRepository,
  type LoggedAttempt,
  type WebhookTarget,
} from './lease.repository.ts';
import type { WebhookSender } from './webhook-sender.ts';

/** A task gives a webhook back after this long, so that tasks that started later get their share. */
const MAX_AGE_MS = 120_000;
/** How often the lease of a webhook that has nothing to send is renewed. */
const RENEW_MS = 5_000;
/** Events that are in memory at once for one webhook that is behind. */
const PAGE = 50;
/** Delivered events that are not recorded yet, at most: a task that dies now sends them again. */
const MAX_UNRECORDED = 50;
/** The lease outlives a request by this much at least. */
const LEASE_MARGIN_MS = 2_000;

export interface RunDependencies {
  leases: LeaseRepository;
  sender: WebhookSender;
  events: EventService;
  tail: FeedTail;
  /** Stockroom stops sending to a webhook. */
  disable: (webhookId: string, reason: 'failing' | 'gone') => Promise<void>;
  /** The run ends after the request in progress. */
  stopping: AbortSignal;
  /** The request in progress is aborted. */
  aborting: AbortSignal;
}

/**
 * Sends the events of one webhook, one after the other, for as long as this task has the lease on it. What is delivered is
 * recorded while the next request is under way.
 */
export class DeliveryRun {
  private webhook: WebhookTarget | undefined;
  private leasedUntil = 0;
  private unrecorded: LoggedAttempt[] = [];
  private recording: Promise<void> | undefined;
  private recordingError: Error | undefined;
  /** Whether a person has changed the webhook since its configuration was read. */
  private isChanged = false;

  constructor(
    private readonly lease: Lease,
    private readonly dependencies: RunDependencies,
  ) {}

  /** @throws LeaseLost, Problem `unavailable` */
  async run(): Promise<void> {
    const { tail, stopping } = this.dependencies;
    const startedAt = performance.now();
    tail.use(this);
    try {
      while (!stopping.aborted && performance.now() - startedAt < MAX_AGE_MS) {
        // Taken before the feed is read: what comes meanwhile ends the wait at once.
        const { signal } = tail;
        const page = await this.readPage();
        if (!(await this.isConfirmed(page))) continue;
        if (!this.webhook!.enabled) break;
        if (!(await this.deliverAll(page.events))) return;
        if (!this.isChanged) this.lease.cursor = page.next;
        if (page.events.length === 0 && !page.hasMore) await this.wait(signal);
      }
    } finally {
      tail.leave(this);
      await this.recording;
    }
    await this.dependencies.leases.release(this.lease);
  }

  /** What comes next, of the types that the webhook had when its configuration was read. */
  private async readPage(): Promise<FeedPage> {
    const { tail, events } = this.dependencies;
    await this.refresh(this.webhook === undefined || this.isChanged);
    const types = namedEventTypes(this.webhook!.types ?? undefined);
    try {
      return await tail.read(this.lease.cursor, types, PAGE);
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== 'cursor-expired') throw error;
      // It was disabled for so long that they are deleted.
      return { events: [], next: await events.locate(undefined, ''), hasMore: true };
    }
  }

  /**
   * Whether the page was read with the configuration of now: before something is sent, and before events of other types are
   * passed over for good.
   */
  private async isConfirmed({ events }: FeedPage): Promise<boolean> {
    const { version } = this.webhook!;
    await this.refresh(events.length > 0);
    return this.webhook!.version === version;
  }

  /** Reads the configuration and renews the lease, where that is asked for or due. */
  private async refresh(isNeeded: boolean): Promise<void> {
    if (!isNeeded && this.leasedUntil - performance.now() > LEASE_MS - RENEW_MS) return;
    await this.record();
    const sentAt = performance.now();
    const renewed = await this.dependencies.leases.renew(this.lease, this.webhook?.version);
    this.webhook = renewed.webhook;
    this.lease.cursor = renewed.cursor;
    this.leasedUntil = sentAt + LEASE_MS;
    this.isChanged = false;
  }

  /** @returns whether the run goes on */
  private async deliverAll(events: PublishedEvent[]): Promise<boolean> {
    const { stopping, aborting, sender } = this.dependencies;
    for (const event of events) {
      if (stopping.aborted || this.isChanged) break;
      if (!(await this.holdsLongEnough())) break;
      const eventId = formatCursor(event);
      const startedAt = new Date();
      const result = await sender.send(this.webhook!, eventId, event.json, aborting);
      if (aborting.aborted && !result.isDelivered) break;
      const logged = { event, eventId, startedAt, attempt: this.lease.failures + 1, result };
      if (!result.isDelivered) {
        await this.fail(logged, result);
        return false;
      }
      this.lease.failures = 0;
      this.lease.cursor = { position: event.position, seq: event.seq };
      this.unrecorded.push(logged);
      const recording = this.startRecording();
      if (this.unrecorded.length >= MAX_UNRECORDED) await recording;
      if (this.recordingError) throw this.recordingError;
    }
    return true;
  }

  /** Whether the lease outlives a request, if need be after a renewal, and the webhook is still what the events were read for. */
  private async holdsLongEnough(): Promise<boolean> {
    if (this.leasedUntil - performance.now() >= REQUEST_TIMEOUT_MS + LEASE_MARGIN_MS) return true;
    const { version } = this.webhook!;
    await this.refresh(true);
    this.isChanged = this.webhook!.version !== version;
    return !this.isChanged;
  }

  private async fail(logged: LoggedAttempt, { status, retryAfter }: RequestResult): Promise<void> {
    const { leases, disable } = this.dependencies;
    await this.record();
    const isOver = await leases.fail(this.lease, logged, backoffSeconds(logged.attempt, retryAfter));
    // 410: what was there is gone for good, and the receiver wants no more.
    if (status === 410) await disable(this.lease.webhookId, 'gone');
    else if (isOver) await disable(this.lease.webhookId, 'failing');
  }

  /** Ends when all that is delivered is recorded. */
  private async record(): Promise<void> {
    if (this.unrecorded.length > 0) void this.startRecording();
    await this.recording;
    if (this.recordingError) throw this.recordingError;
  }

  private startRecording(): Promise<void> {
    return (this.recording ??= this.recordAll()
      .catch((error: Error) => void (this.recordingError = error))
      .finally(() => (this.recording = undefined)));
  }

  private async recordAll(): Promise<void> {
    while (this.unrecorded.length > 0) {
      const delivered = this.unrecorded;
      this.unrecorded = [];
      const sentAt = performance.now();
      const version = await this.dependencies.leases.advance({ ...this.lease }, delivered);
      this.leasedUntil = sentAt + LEASE_MS;
      if (version !== this.webhook!.version) this.isChanged = true;
    }
  }

  private async wait(changed: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([changed, this.dependencies.stopping]);
    await sleep(RENEW_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
