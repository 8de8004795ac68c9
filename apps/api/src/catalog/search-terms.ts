import sql from 'sql-template-tag';
import type { Queryable } from '../database/database.ts';
import { carriedBy, foreignCursor } from '../lists/keyset.ts';

const MAX_WORDS = 8;
/** Words that those of one search may stand for. */
const MAX_ALTERNATIVES = 16;
/** How alike a word must be to count as the one that was meant (pg_trgm's similarity, 0 to 1). */
const MIN_SIMILARITY = 0.3;

/** What an item must hold: a word that begins so, or one of these words. */
export type SearchTerm = { prefix: string } | { anyOf: string[] };

/** The terms of a search, as the items are now. */
export async function readTerms(db: Queryable, q: string): Promise<SearchTerm[]> {
  const words = await splitIntoWords(db, q);
  const limit = Math.min(5, Math.floor(MAX_ALTERNATIVES / Math.max(1, words.length)));
  return Promise.all(words.map((word) => readTerm(db, word, limit)));
}

/** The terms that the page with this cursor was searched by. @throws Problem `invalid-parameters` where it is of another search */
export function resumeTerms(cursor: string, q: string): SearchTerm[] {
  const carried = carriedBy(cursor) as { q?: unknown; terms?: unknown } | null | undefined;
  if (carried?.q !== q || !isTerms(carried.terms)) throw foreignCursor();
  return carried.terms;
}

export const toTsquery = (terms: SearchTerm[]): string =>
  terms
    .map((term) => ('prefix' in term ? `${quote(term.prefix)}:*` : `(${term.anyOf.map(quote).join(' | ')})`))
    .join(' & ');

/** The words of a search, parted and folded by the database, as those of the items are. */
async function splitIntoWords(db: Queryable, q: string): Promise<string[]> {
  const row = await db.one<{ words: string[] }>(sql`SELECT tsvector_to_array(search_terms(${q})) AS words`);
  return row.words.slice(0, MAX_WORDS);
}

/** A word by prefix where some item has it so, else the known words most like it. */
async function readTerm(db: Queryable, word: string, limit: number): Promise<SearchTerm> {
  const own = { prefix: word };
  if (word.length < 4) return own;
  const known = await db.first(sql`SELECT 1 AS known FROM item WHERE words @@ ${toTsquery([own])}::tsquery LIMIT 1`);
  if (known) return own;
  const alike = await db.query<{ word: string }>(sql`
    SELECT word FROM search_word WHERE word % ${word} AND similarity(word, ${word}) >= ${MIN_SIMILARITY}
    ORDER BY similarity(word, ${word}) DESC, word LIMIT ${limit}`);
  return alike.length > 0 ? { anyOf: alike.map((row) => row.word) } : own;
}

/** `search_terms` leaves neither quote nor backslash in a word; the longest text that has words is 200 characters. */
const WORD = /^[^'\\\0]{1,600}$/;
const isWord = (value: unknown): value is string =>
  typeof value === 'string' && WORD.test(value) && value.isWellFormed();

const isTerms = (value: unknown): value is SearchTerm[] =>
  Array.isArray(value) && value.length <= MAX_WORDS && value.every(isTerm);

function isTerm(value: unknown): value is SearchTerm {
  const { prefix, anyOf } = (value ?? {}) as { prefix?: unknown; anyOf?: unknown };
  if (anyOf === undefined) return isWord(prefix);
  return Array.isArray(anyOf) && anyOf.length > 0 && anyOf.length <= MAX_ALTERNATIVES && anyOf.every(isWord);
}

/** A lexeme in single quotes, as tsquery reads it. */
const quote = (word: string): string => `'${word}'`;
