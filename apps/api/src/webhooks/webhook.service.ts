import { randomUUID, randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type CreateWebhook,
  type ListWebhookDeliveries,
  type ListWebhooks,
  MAX_WEBHOOKS,
  type NewWebhook,
  type UpdateWebhook,
  type Webhook,
} from '#contracts';
import { invalidField, Problem } from '#service';
import { Database, type Queryable } from '../database/database.ts';
import { EventService } from '../events/event.service.ts';
import type { Context } from '../http/context.ts';
import { requireMatch } from '../http/etag.ts';
import { Idempotency } from '../http/idempotency.ts';
import { created, JsonResponse, noContent, ok, type Resource } from '../http/json-response.ts';
import { type Attempt, DeliveryRepository } from './delivery.repository.ts';
import { TEST_TYPE } from './delivery/requested-deliveries.ts';
import { WebhookWorker } from './delivery/webhook.worker.ts';
import { AddressPolicy } from './request/address-policy.ts';
import { urlViolation } from './request/webhook-url.ts';
import { WebhookSecrets } from './webhook-secrets.ts';
import { WebhookRepository } from './webhook.repository.ts';

/** Deliveries of one webhook that people asked for and that are still to be made. */
const MAX_QUEUED = 20;
const DELETED_AT_ONCE = 1_000;

@Injectable()
export class WebhookService {
  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly secrets: WebhookSecrets,
    private readonly policy: AddressPolicy,
    private readonly worker: WebhookWorker,
    private readonly events: EventService,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
  ) {}

  /** It begins at the end of the feed. The response is the only place where its secret is shown. */
  async create(context: Context, body: CreateWebhook): Promise<JsonResponse> {
    this.assertUrl(body.url);
    const from = await this.events.locate('latest', '');
    const effect = async (tx: Queryable) => {
      if ((await this.webhooks.lockAndCount(tx)) >= MAX_WEBHOOKS)
        throw new Problem('conflict', `There are ${MAX_WEBHOOKS} webhooks, which is the most. Delete one first.`);
      const id = randomUUIDv7();
      const { secret, stored } = this.secrets.generate(id);
      await this.webhooks.insert(tx, id, body, stored, from);
      return created(withSecret(await this.findOrFail(id, tx), secret), `${context.path}/${id}`);
    };
    return this.thenWake(this.idempotency.once(context, effect, { secret: true }));
  }

  async get(id: string): Promise<JsonResponse> {
    return ok(await this.findOrFail(id));
  }

  list(query: ListWebhooks): Promise<string> {
    return this.webhooks.list(query);
  }

  update({ ifMatch, by }: Context, id: string, changes: UpdateWebhook): Promise<JsonResponse> {
    if (changes.url !== undefined) this.assertUrl(changes.url);
    const change = async (tx: Queryable) => {
      await this.lock(tx, id, ifMatch);
      await this.webhooks.update(tx, id, changes);
      return ok(await this.findOrFail(id, tx));
    };
    return this.thenWake(this.database.transaction(change, { by }));
  }

  remove({ ifMatch, by }: Context, id: string): Promise<JsonResponse> {
    return this.database.transaction(
      async (tx) => {
        await this.lock(tx, id, ifMatch);
        await this.webhooks.remove(tx, id);
        return noContent();
      },
      { by },
    );
  }

  /** Makes a new secret, shown this once. The one before signs as well for a day. */
  rotateSecret(context: Context, id: string): Promise<JsonResponse> {
    const effect = async (tx: Queryable) => {
      await this.lock(tx, id, context.ifMatch);
      const { secret, stored } = this.secrets.generate(id);
      await this.webhooks.setSecret(tx, id, stored);
      return ok(withSecret(await this.findOrFail(id, tx), secret));
    };
    return this.thenWake(this.idempotency.once(context, effect, { secret: true }));
  }

  async listDeliveries(id: string, query: ListWebhookDeliveries): Promise<string> {
    await this.findOrFail(id);
    return this.deliveries.list(id, query);
  }

  /** Sends an event without a change, to see whether the receiver is well. */
  test(context: Context, id: string): Promise<JsonResponse> {
    return this.enqueue(context, id, 'test', () =>
      Promise.resolve({ eventId: `test-${randomUUID()}`, eventType: TEST_TYPE, attempt: 0 }),
    );
  }

  redeliver(context: Context, id: string, deliveryId: string): Promise<JsonResponse> {
    return this.enqueue(context, id, 'redelivery', async (tx) => {
      const delivery = await this.deliveries.find(id, deliveryId, tx);
      if (!delivery) throw new Problem('not-found', `There is no delivery ${deliveryId} of webhook ${id}.`);
      return delivery;
    });
  }

  private enqueue(
    context: Context,
    id: string,
    trigger: 'test' | 'redelivery',
    find: (tx: Queryable) => Promise<Attempt>,
  ): Promise<JsonResponse> {
    const effect = async (tx: Queryable) => {
      await this.lock(tx, id, undefined);
      const last = await find(tx);
      if ((await this.deliveries.countQueued(tx, id)) >= MAX_QUEUED)
        throw new Problem(
          'conflict',
          `${MAX_QUEUED} deliveries of this webhook wait to be sent. Try again when they are.`,
        );
      const json = await this.deliveries.enqueue(tx, id, { ...last, attempt: last.attempt + 1 }, trigger);
      return new JsonResponse(202, json);
    };
    return this.thenWake(this.idempotency.once(context, effect));
  }

  private assertUrl(url: string): void {
    const violation = urlViolation(url, this.policy);
    if (violation) throw invalidField('/url', violation);
  }

  /** @throws Problem `not-found`, `precondition-failed` */
  private async lock(tx: Queryable, id: string, ifMatch: string | undefined): Promise<void> {
    requireMatch(ifMatch, (await this.webhooks.lock(tx, id)) ?? notFound(id));
  }

  private async findOrFail(id: string, db?: Queryable): Promise<Resource> {
    return (await this.webhooks.find(id, db)) ?? notFound(id);
  }

  /** Deletes deliveries that are older than 7 days. */
  async deleteOldDeliveries(): Promise<void> {
    while ((await this.deliveries.deleteOld(DELETED_AT_ONCE)) === DELETED_AT_ONCE);
  }

  private async thenWake(response: Promise<JsonResponse>): Promise<JsonResponse> {
    return response.finally(() => this.worker.wake());
  }
}

function withSecret({ json, etag }: Resource, secret: string): Resource {
  const response: NewWebhook = { ...(JSON.parse(json) as Webhook), secret };
  return { json: JSON.stringify(response), etag };
}

function notFound(id: string): never {
  throw new Problem('not-found', `There is no webhook ${id}.`);
}
