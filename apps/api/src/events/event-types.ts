import {
  adminEventResources,
  type EventResource,
  eventResources,
  type EventType,
  eventTypes,
  type Role,
} from '#contracts';
import { Problem } from '#service';

const resourceOf = (type: EventType) => type.split('.', 1)[0] as EventResource;
const isAdminOnly = (type: EventType) => adminEventResources.includes(resourceOf(type));

/**
 * The types that a caller asks for and may read.
 * @throws Problem `invalid-parameters` for what is no type, `forbidden` for types that only admins may read
 */
export function selectTypes(asked: string | undefined, role: Role): EventType[] {
  const isReadable = (type: EventType) => role === 'admin' || !isAdminOnly(type);
  if (asked === undefined) return eventTypes.filter(isReadable);
  const words = asked.split(',');
  const unknown = words.filter((word) => !isResource(word) && !isType(word));
  if (unknown.length > 0)
    throw new Problem('invalid-parameters', '/types: names what is no type of events.', {
      errors: [{ pointer: '/types', detail: `must be a list of these, separated by commas: ${eventResources.join(', ')}, ${eventTypes.join(', ')}` }],
    }); // prettier-ignore
  const types = eventTypes.filter((type) => words.includes(type) || words.includes(resourceOf(type)));
  if (!types.every(isReadable))
    throw new Problem(
      'forbidden',
      `Events of ${adminEventResources.join(' and ')} need the role admin; you are ${role}.`,
    );
  return types;
}

const isResource = (word: string) => eventResources.includes(word as EventResource);
const isType = (word: string) => eventTypes.includes(word as EventType);
