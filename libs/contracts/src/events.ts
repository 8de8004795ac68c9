import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { Flag, Integer, ListOf, Nested, OneOf, QueryInteger, Text, Time, Uuid } from './fields.ts';
import { Actor } from './references.ts';

/** What may happen to the resources of each kind. */
const events = {
  item: ['created', 'updated', 'archived', 'restored'],
  location: ['created', 'updated', 'archived', 'restored'],
  movement: ['posted'],
  reservation: ['held', 'updated', 'committed', 'released', 'expired'],
  import: ['queued', 'running', 'done', 'failed', 'cancelled', 'undoing', 'undone'],
  user: ['created', 'updated', 'removed'],
  'api-key': ['created', 'removed'],
  webhook: ['created', 'updated', 'disabled', 'removed'],
} as const;

type Events = typeof events;
export type EventResource = keyof Events;
export type EventType = { [R in EventResource]: `${R}.${Events[R][number]}` }[EventResource];

export const eventResources = Object.keys(events) as EventResource[];
export const eventTypes = eventResources.flatMap((resource) =>
  events[resource].map((change) => `${resource}.${change}` as EventType),
);

const resourceOf = (type: EventType) => type.split('.', 1)[0] as EventResource;

/** The types that words name: types, or resources for all of theirs. Without words, all. */
export const namedEventTypes = (words?: readonly string[]): EventType[] =>
  eventTypes.filter((type) => words === undefined || words.includes(type) || words.includes(resourceOf(type)));

/** Resources whose events only admins may read. */
export const adminEventResources: readonly EventResource[] = ['user', 'api-key', 'webhook'];
export const isAdminEvent = (type: EventType): boolean => adminEventResources.includes(resourceOf(type));

/** `after=latest`: only what happens from now on. */
export const LATEST = 'latest';

export class ListEvents {
  @QueryInteger({ min: 1, max: 200, example: 100, description: 'How many events at most. Default: 100.' })
  limit = 100;

  @Text({
    optional: true,
    min: 1,
    max: 64,
    example: '4711-4802',
    description: `Where to go on: \`nextCursor\` of the page before, or the \`id\` of an event. \`${LATEST}\`: only what happens from now on. Default: from the oldest event that is kept.`,
  })
  after?: string;

  @Text({
    optional: true,
    min: 1,
    max: 600,
    example: 'movement,item.archived',
    description: `Only these, separated by commas: types such as \`item.created\`, or resources (${eventResources.join(', ')}) for all of their types. Default: all that the caller may read.`,
  })
  types?: string;
}

/** One committed change. Its name is stated: the bundler renames a class that is called like a global object. */
@ApiSchema({ name: 'Event' })
export class Event {
  @Text({
    max: 64,
    example: '4711-4802',
    description: 'Its place in the feed, to be sent as `after`. Never used twice.',
  })
  id!: string;

  @OneOf(eventTypes, { example: 'movement.posted' })
  type!: EventType;

  @Time({ description: 'When its transaction began.' })
  createdAt!: string;

  @Nested(() => Actor)
  createdBy!: Actor;

  @Uuid({ description: 'The item, location, movement, reservation, import, person, key or webhook that it is about.' })
  resourceId!: string;

  @Integer({
    nullable: true,
    min: 1,
    max: 2 ** 31 - 1,
    example: null,
    description: 'The version that the change made, of a resource that has versions.',
  })
  version!: number | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'By resource. Movements: `type`, `reference`, `lineCount` and the first 20 `lines` (`item`, `location`, `delta`, `onHandAfter`). Items: `sku`, `name`. Locations: `code`, `name`. Reservations: `reference`, `expiresAt`, `movementId`, `lineCount` and the first 20 `lines`. Imports: `fileName`, `dryRun`. People and keys: `name`. Webhooks: `description`, `enabled`, `disabledReason`.',
    example: {
      type: 'receipt',
      reference: 'PO-2041',
      lineCount: 1,
      lines: [
        {
          item: { id: '0199a2c4-7d3e-7b1a-9c55-2f60d1e8a7b4', sku: 'MUG-01' },
          location: { id: '0199a2c4-7d3e-7b1a-9c55-2f60d1e8a7b5', code: 'MAIN' },
          delta: 12,
          onHandAfter: 52,
        },
      ],
    },
  })
  data!: Record<string, unknown>;
}

export class EventPage {
  @ListOf(() => Event, { max: 200 })
  items!: Event[];

  @Text({ max: 64, example: '4711-4802', description: 'What to send as `after` next. Never null: a feed has no end.' })
  nextCursor!: string;

  @Flag({ example: false, description: 'Whether more can be read at once.' })
  hasMore!: boolean;
}
