import sql, { type Sql } from 'sql-template-tag';
import type { ListItems } from '#contracts';
import { Problem } from '#service';
import type { Queryable } from '../database/database.ts';
import { caseFolded, itemWithBarcode } from '../database/case-folded.ts';
import { type Keyset, readPage } from '../lists/keyset.ts';
import { readTerms, resumeTerms, type SearchTerm, toTsquery } from './search-terms.ts';

/**
 * The items that hold every word of `q` as the beginning of one of theirs, the best first: an exact SKU or barcode, then
 * by weight. Words that begin nothing stand for the known words most like them, so that a typo still finds the item.
 *
 * A cursor carries the words that the first page was searched by: the list goes on as it began, whatever was added since.
 */
export async function searchItems(
  db: Queryable,
  query: ListItems,
  list: Pick<Keyset, 'with' | 'columns' | 'resource' | 'where'>,
): Promise<string> {
  if (query.sort !== undefined) {
    throw new Problem('invalid-parameters', 'A search is sorted by rank; leave out sort.', {
      errors: [{ pointer: '/sort', detail: 'cannot go with q' }],
    });
  }
  const q = query.q!.trim();
  const terms = query.cursor === undefined ? await readTerms(db, q) : resumeTerms(query.cursor, q);
  const tsquery = sql`${toTsquery(terms)}::tsquery`;
  const rank: Sql = sql`(ts_rank(item.words, ${tsquery}) + CASE WHEN ${isNamed(q)} THEN 1 ELSE 0 END)`;
  return readPage(db, query, {
    ...list,
    from: sql`FROM item`,
    where: [...list.where, matches(q, terms)],
    // Rounded, so that the number in a cursor is the one that is compared; negated, so that all keys go upwards.
    keys: [
      { column: sql`(-round(${rank}::numeric, 6)::double precision)`, type: 'double precision' },
      { column: sql`item.sku_key`, type: 'text' },
    ],
    descending: false,
    order: 'rank',
    carried: { q, terms },
  });
}

/** The items that the first page of a search by `text` would be searched among, as a condition on `item`. */
export async function searchCondition(db: Queryable, text: string): Promise<Sql> {
  const q = text.trim();
  return matches(q, await readTerms(db, q));
}

const isNamed = (q: string): Sql => sql`(item.sku_key = ${caseFolded(q)} OR item.id = ${itemWithBarcode(q)})`;

/** `q` can be the whole of a SKU without a word in it, or a barcode that is written with another number of digits. */
const matches = (q: string, terms: SearchTerm[]): Sql =>
  terms.length > 0 ? sql`(item.words @@ ${toTsquery(terms)}::tsquery OR ${isNamed(q)})` : isNamed(q);
