import { PartialType } from '@nestjs/swagger';
import { eventResources, eventTypes } from './events.ts';
import { Flag, Integer, OneOf, SomeOf, Text, Time, Uuid } from './fields.ts';
import { ListQuery } from './lists.ts';

/** What a webhook may be subscribed to: types such as `item.created`, or resources for all of their types. */
const subscriptions = [...eventResources, ...eventTypes] as const;
export type Subscription = (typeof subscriptions)[number];

/** How many webhooks there may be: each task can then send for all of them at once, so none waits for another. */
export const MAX_WEBHOOKS = 50;
/** How long the secret before a rotation signs as well. */
export const PREVIOUS_SECRET_HOURS = 24;

const TYPES =
  'Types such as `item.created`, or resources for all of their types. Null: all, those of later releases too.';
const EXAMPLE_URL = 'https://shop.example.com/stockroom-events';

export class CreateWebhook {
  @Text({
    min: 1,
    max: 2048,
    visible: true,
    example: EXAMPLE_URL,
    description:
      'https, without user name, password and fragment. What its host resolves to must be public addresses, unless WEBHOOK_ALLOWED_NETWORKS names them.',
  })
  url!: string;

  @SomeOf(subscriptions, { optional: true, nullable: true, min: 1, example: ['movement'], description: TYPES })
  types?: Subscription[] | null;

  @Text({ optional: true, max: 200, example: 'Web shop' })
  description?: string;

  @Flag({ optional: true, description: 'Default: true.' })
  enabled?: boolean;
}

/** Only what is named changes. Any change makes a failing webhook try again at once. */
export class UpdateWebhook extends PartialType(CreateWebhook, { skipNullProperties: false }) {}

export class Webhook {
  @Uuid()
  id!: string;

  @Text({ max: 2048, example: EXAMPLE_URL })
  url!: string;

  @SomeOf(subscriptions, { nullable: true, example: ['movement'], description: TYPES })
  types!: Subscription[] | null;

  @Text({ max: 200, example: 'Web shop' })
  description!: string;

  @Flag({ example: true })
  enabled!: boolean;

  @OneOf(['failing', 'gone'], {
    nullable: true,
    example: null,
    description:
      'Why Stockroom disabled it: `failing`, every attempt failed for 24 hours; `gone`, it responded with 410. Null: it did not.',
  })
  disabledReason!: 'failing' | 'gone' | null;

  @Time({ nullable: true, example: null, description: 'When the first of the failures since the last success was.' })
  failingSince!: string | null;

  @Time({ nullable: true, example: null, description: 'When a failing webhook tries again.' })
  nextAttemptAt!: string | null;

  @Text({
    max: 64,
    example: '4711-4802',
    description: 'The place in the feed of events up to which all are delivered, brought up to date every few seconds.',
  })
  deliveredUpTo!: string;

  @Integer({ min: 1, max: 2 ** 31 - 1, example: 1 })
  version!: number;

  @Time()
  createdAt!: string;

  @Time()
  updatedAt!: string;
}

export class NewWebhook extends Webhook {
  @Text({
    max: 64,
    example: 'whsec_c2VjcmV0IG9mIGFuIGV4YW1wbGUsIG5vdCBvbmUh',
    description: 'Shown this once: verifies `webhook-signature` (Standard Webhooks, HMAC-SHA-256).',
  })
  secret!: string;
}

export const webhookSorts = ['createdAt', '-createdAt'] as const;

export class ListWebhooks extends ListQuery {
  @OneOf(webhookSorts, { optional: true, description: 'Default: createdAt.' })
  sort?: (typeof webhookSorts)[number];
}

export const deliveryStates = ['queued', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** The newest first. */
export class ListWebhookDeliveries extends ListQuery {
  @OneOf(deliveryStates, { optional: true })
  state?: DeliveryState;
}

/** One attempt to send one event. */
export class WebhookDelivery {
  @Uuid()
  id!: string;

  @Text({
    max: 64,
    example: '4711-4802',
    description: 'The `webhook-id` that was sent: the id of the event, the same at each attempt. Of a test: `test-…`.',
  })
  eventId!: string;

  @Text({ max: 64, example: 'movement.posted' })
  eventType!: string;

  @OneOf(['event', 'test', 'redelivery'], { example: 'event', description: 'What led to it.' })
  trigger!: 'event' | 'test' | 'redelivery';

  @OneOf(deliveryStates, { example: 'delivered' })
  state!: DeliveryState;

  @Integer({ min: 1, max: 2 ** 31 - 1, example: 1, description: 'Its number among the attempts for this event.' })
  attempt!: number;

  @Integer({ nullable: true, min: 100, max: 999, example: 204, description: 'Of the response. Null: there was none.' })
  status!: number | null;

  @Text({ nullable: true, max: 300, example: null, description: 'Why it failed.' })
  reason!: string | null;

  @Integer({ nullable: true, min: 0, max: 2 ** 31 - 1, example: 38 })
  durationMs!: number | null;

  @Time()
  createdAt!: string;
}
