import {
  adminEventResources,
  eventResources,
  type EventType,
  eventTypes,
  isAdminEvent,
  namedEventTypes,
  type Role,
} from '#contracts';
import { Problem } from '#service';

const words: readonly string[] = [...eventResources, ...eventTypes];

/**
 * The types that a caller asks for and may read.
 * @throws Problem `invalid-parameters` for what is no type, `forbidden` for types that only admins may read
 */
export function selectTypes(asked: string | undefined, role: Role): EventType[] {
  const isReadable = (type: EventType) => role === 'admin' || !isAdminEvent(type);
  if (asked === undefined) return eventTypes.filter(isReadable);
  const named = asked.split(',');
  if (named.some((word) => !words.includes(word)))
    throw new Problem('invalid-parameters', '/types: names what is no type of events.', {
      errors: [{ pointer: '/types', detail: `must be a list of these, separated by commas: ${words.join(', ')}` }],
    });
  const types = namedEventTypes(named);
  if (!types.every(isReadable))
    throw new Problem('forbidden', `Events of ${ADMIN_RESOURCES} need the role admin; you are ${role}.`);
  return types;
}

const ADMIN_RESOURCES = new Intl.ListFormat('en-GB').format(adminEventResources);
