-- To the letter what it was, in a third of the time, which was most of what making an item took: translate() compares each
-- character with each separator.
CREATE OR REPLACE FUNCTION search_terms(value text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_tsvector('simple', regexp_replace(lower(coalesce(value, '') COLLATE pg_c_utf8),
    $$[-_/.,:;+&'"()<>[\]{}#@*\\|!?=%~`^$]$$, ' ', 'g'));

-- Counting a word's characters is quicker than matching them, and all but the first item of its kind bring no new word.
CREATE OR REPLACE FUNCTION remember_search_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_word
  SELECT word FROM (SELECT DISTINCT word FROM changed, unnest(tsvector_to_array(changed.words)) AS word) words
  WHERE length(word) BETWEEN 4 AND 40 AND word !~ '[0-9]'
    AND NOT EXISTS (SELECT FROM search_word known WHERE known.word = words.word)
  ORDER BY word
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
