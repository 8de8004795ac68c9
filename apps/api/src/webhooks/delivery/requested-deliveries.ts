import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR } from '../../access/caller.ts';
import { parseCursor } from '../../events/event-cursor.ts';
import { EventService } from '../../events/event.service.ts';
import { DeliveryRepository, type QueuedDelivery } from '../delivery.repository.ts';
import { notSent, WebhookSender } from './webhook-sender.ts';

/** The type of the event that a test sends. It is in no feed. */
export const TEST_TYPE = 'webhook.test';

/** Makes the deliveries that people ask for: each once, beside those of the feed, one at a time for each webhook. */
@Injectable()
export class RequestedDeliveries {
  private readonly busy = new Set<string>();

  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly sender: WebhookSender,
    private readonly events: EventService,
  ) {}

  /** Takes the next one. @returns how to make it, or undefined where there is none to take */
  async claim(): Promise<((aborting: AbortSignal) => Promise<void>) | undefined> {
    const delivery = await this.deliveries.claim([...this.busy]);
    if (!delivery) return undefined;
    const { id } = delivery.webhook;
    this.busy.add(id);
    return (aborting) => this.make(delivery, aborting).finally(() => this.busy.delete(id));
  }

  private async make(delivery: QueuedDelivery, aborting: AbortSignal): Promise<void> {
    const { webhook, eventId } = delivery;
    const json = await this.read(delivery);
    const result =
      json === undefined
        ? notSent('The event is no longer kept.')
        : await this.sender.send(webhook, eventId, json, aborting);
    if (aborting.aborted && !result.isDelivered) return this.deliveries.release(delivery);
    await this.deliveries.finish(delivery, result);
  }

  private async read({ eventId, eventType, createdAt, webhook }: QueuedDelivery): Promise<string | undefined> {
    if (eventType !== TEST_TYPE) return (await this.events.find(parseCursor(eventId, '/eventId')))?.json;
    return JSON.stringify({
      id: eventId,
      type: TEST_TYPE,
      createdAt,
      createdBy: { id: SYSTEM_ACTOR, kind: 'system', name: 'Stockroom' },
      resourceId: webhook.id,
      version: null,
      data: {},
    });
  }
}
