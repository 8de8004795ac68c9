import { InputErrors } from '#service';
import type { ResolvedKey } from '../levels/level.repository.ts';
import { type Level, type Levels, stockKeyOf } from '../levels/level.ts';
import type { Posting } from './posting.ts';

/**
 * Adds an empty level in memory for each posting that has none, so that it can be evaluated.
 * @throws Problem `invalid-fields` for what does not exist, `conflict` for what is archived
 */
export function addEmptyLevels(postings: Posting[], levels: Levels, missing: Map<string, ResolvedKey>): void {
  const places = postings
    .filter((posting) => !levels.has(posting))
    .map((posting) => ({ posting, ...missing.get(stockKeyOf(posting))! }));
  const unknown = new LineErrors();
  const archived = new LineErrors();
  for (const { posting, item, location } of places) {
    if (!item) unknown.add(posting, posting.fields.item, 'there is no such item');
    else if (item.archived) archived.add(posting, posting.fields.item, 'is archived');
    if (!location) unknown.add(posting, posting.fields.location, 'there is no such location');
    else if (location.archived) archived.add(posting, posting.fields.location, 'is archived');
  }
  if (unknown.errors.any) throw unknown.errors.toProblem('invalid-fields');
  if (archived.errors.any)
    throw archived.errors.toProblem(
      'conflict',
      'An item or a location is archived; restore it first, with {"archived": false}.',
    );
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

/** @throws Problem `invalid-fields` where a line moves stock from a location to the same one, however the two are named */
export function refuseSameLocation(postings: Posting[], levels: Levels): void {
  const errors = new InputErrors();
  const seen = new Map<number, Level>();
  for (const posting of postings) {
    const level = levels.get(posting);
    if (seen.get(posting.line) === level)
      errors.add(`/lines/${posting.line}/${posting.fields.location}`, 'must be another location than from');
    seen.set(posting.line, level);
  }
  if (errors.any) throw errors.toProblem('invalid-fields');
}

/** Errors of lines. A transfer's two postings name one item; the error about it is listed once. */
class LineErrors {
  readonly errors = new InputErrors();
  private readonly pointers = new Set<string>();

  add({ line }: Posting, field: string, detail: string): void {
    const pointer = `/lines/${line}/${field}`;
    if (this.pointers.has(pointer)) return;
    this.pointers.add(pointer);
    this.errors.add(pointer, detail);
  }
}
