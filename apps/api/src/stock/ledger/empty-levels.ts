import type { InputError } from '#contracts';
import { Problem } from '#service';
import type { ResolvedKey } from '../levels/level.repository.ts';
import { stockKeyOf, type Levels } from '../levels/level.ts';
import type { Posting } from './posting.ts';

/**
 * Gives the places that have no level an empty one in memory, so that they can be evaluated.
 * @throws Problem `invalid-fields` for what does not exist, `conflict` for what is archived
 */
export function addEmptyLevels(postings: Posting[], levels: Levels, missing: Map<string, ResolvedKey>): void {
  const places = postings
    .filter((posting) => !levels.get(posting))
    .map((posting) => ({ posting, ...missing.get(stockKeyOf(posting))! }));
  const unknown = distinct(
    places.flatMap(({ posting, item, location }) => [
      ...(item ? [] : [errorAt(posting, posting.fields.item, 'there is no such item')]),
      ...(location ? [] : [errorAt(posting, posting.fields.location, 'there is no such location')]),
    ]),
  );
  if (unknown.length > 0) throw new Problem('invalid-fields', unknown.map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ').slice(0, 1000), { errors: unknown }); // prettier-ignore
  const archived = places.flatMap(({ posting, item, location }) => [
    ...(item!.archived ? [errorAt(posting, posting.fields.item, 'is archived')] : []),
    ...(location!.archived ? [errorAt(posting, posting.fields.location, 'is archived')] : []),
  ]);
  if (archived.length > 0)
    throw new Problem('conflict', 'An item or a location is archived; restore it first, with {"archived": false}.', {
      errors: archived,
    });
  for (const { posting, item, location } of places) {
    const { id, sku, name } = item!;
    levels.add(stockKeyOf(posting), {
      item: { id, sku, name },
      location: { id: location!.id, code: location!.code },
      onHand: 0,
      reserved: 0,
      exists: false,
    });
  }
}

const errorAt = ({ line }: Posting, field: string, detail: string): InputError => ({
  pointer: `/lines/${line}/${field}`,
  detail,
});

/** A transfer's two postings name one item; its caller hears of it once. */
const distinct = (errors: InputError[]): InputError[] => [
  ...new Map(errors.map((error) => [error.pointer, error])).values(),
];
