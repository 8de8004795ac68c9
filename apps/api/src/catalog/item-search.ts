import sql, { type Sql } from 'sql-template-tag';
import type { ListItems } from '#contracts';
import { Problem } from '#service';
import type { Queryable } from '../database/database.ts';
import { caseFolded } from '../database/case-folded.ts';
import { type Keyset, readPage } from '../lists/keyset.ts';

const MAX_WORDS = 8;
/** How alike a word must be to count as the one that was meant (pg_trgm's similarity, 0 to 1). */
const MIN_SIMILARITY = 0.3;

/**
 * The items that hold every word of `q` as the beginning of one of theirs, the best first: an exact SKU or barcode, then
 * by weight. Words that begin nothing stand for the known words most like them, so that a typo still finds the item.
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
  const terms = await Promise.all((await splitIntoWords(db, q)).map((word) => toTsqueryTerm(db, word)));
  const tsquery = sql`${terms.join(' & ')}::tsquery`;
  const exact = sql`(item.sku_key = ${caseFolded(q)} OR item.barcode = ${q})`;
  const rank: Sql = sql`(ts_rank(item.words, ${tsquery}) + CASE WHEN ${exact} THEN 1 ELSE 0 END)`;
  return readPage(db, query, {
    ...list,
    from: sql`FROM item`,
    // Without a word in it, `q` can still be the whole of a SKU.
    where: [...list.where, terms.length > 0 ? sql`item.words @@ ${tsquery}` : exact],
    // Rounded, so that the number in a cursor is the one that is compared; negated, so that all keys go upwards.
    keys: [
      { column: sql`(-round(${rank}::numeric, 6)::double precision)`, type: 'double precision' },
      { column: sql`item.sku_key`, type: 'text' },
    ],
    descending: false,
    order: 'rank',
  });
}

/** The words of a search, parted and folded by the database, as those of the items are. */
async function splitIntoWords(db: Queryable, q: string): Promise<string[]> {
  const row = await db.one<{ words: string[] }>(sql`SELECT tsvector_to_array(search_terms(${q})) AS words`);
  return row.words.slice(0, MAX_WORDS);
}

/** A word as a tsquery term: itself by prefix where some item has it so, else the known words most like it. */
async function toTsqueryTerm(db: Queryable, word: string): Promise<string> {
  const own = `${quote(word)}:*`;
  if (word.length < 4) return own;
  const known = await db.first(sql`SELECT 1 AS known FROM item WHERE words @@ ${own}::tsquery LIMIT 1`);
  if (known) return own;
  const alike = await db.query<{ word: string }>(sql`
    SELECT word FROM search_word WHERE word % ${word} AND similarity(word, ${word}) >= ${MIN_SIMILARITY} ORDER BY similarity(word, ${word}) DESC, word LIMIT 5`);
  return alike.length > 0 ? `(${alike.map((row) => quote(row.word)).join(' | ')})` : own;
}

/** A lexeme in single quotes, as tsquery reads it. `search_terms` leaves neither quote nor backslash in a word. */
const quote = (word: string) => `'${word}'`;
