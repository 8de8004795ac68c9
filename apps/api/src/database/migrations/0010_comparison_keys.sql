-- SKUs, codes, barcodes and names are compared in Unicode's compatibility form (NFKC) and with its full case folding, and words
-- of a search without their accents. What is stored stays as it was entered.

CREATE FUNCTION fold_text(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN octet_length(value) = length(value) THEN lower(value COLLATE pg_c_utf8) COLLATE "C"
    ELSE normalize(casefold(normalize(value, NFKC) COLLATE pg_unicode_fast), NFKC) COLLATE "C" END;

-- A GTIN is one number, whether it is written with 8, 12 (UPC-A), 13 (EAN) or 14 digits (GS1 General Specifications, 7.2.7).
CREATE FUNCTION barcode_key(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN value ~ '^([0-9]{8}|[0-9]{12,14})$' THEN lpad(value, 14, '0') ELSE fold_text(value) END;

-- The latin letters that have no decomposition are written as those that people type for them.
CREATE OR REPLACE FUNCTION search_terms(value text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN to_tsvector('simple', regexp_replace(
    CASE WHEN value IS NULL THEN '' COLLATE "C" WHEN octet_length(value) = length(value) THEN lower(value COLLATE pg_c_utf8) COLLATE "C"
      ELSE translate(normalize(regexp_replace(
        normalize(casefold(normalize(value, NFKC) COLLATE pg_unicode_fast), NFKD), '[\u0300-\u036f]', '', 'g'), NFKC), 'øłđħŧı', 'oldhti') COLLATE "C" END,
    $$[-_/.,:;+&'"()<>[\]{}#@*\\|!?=%~`^$]$$, ' ', 'g'));

-- Words with digits are remembered where they are of a name or a category: those of SKUs and barcodes are as many as items.
CREATE OR REPLACE FUNCTION remember_search_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_word
  SELECT word FROM (
    SELECT DISTINCT word FROM changed, unnest(tsvector_to_array(changed.words)) AS word WHERE word !~ '[0-9]'
    UNION
    SELECT word FROM changed, unnest(tsvector_to_array(ts_filter(changed.words, '{b,c}'))) AS word WHERE word ~ '[0-9]' AND word ~ '[^0-9]'
  ) words
  WHERE length(word) BETWEEN 4 AND 40 AND NOT EXISTS (SELECT FROM search_word known WHERE known.word = words.word)
  ORDER BY word
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

DO $do$
DECLARE
  taken text;
BEGIN
  SELECT string_agg(same, '; ') INTO taken FROM (
    SELECT 'SKUs ' || string_agg(sku, ', ' ORDER BY sku) FROM item GROUP BY fold_text(sku) HAVING count(*) > 1
    UNION ALL
    SELECT 'barcodes ' || string_agg(barcode || ' of ' || sku, ', ' ORDER BY sku) FROM item WHERE barcode IS NOT NULL
      GROUP BY barcode_key(barcode) HAVING count(*) > 1
    UNION ALL
    SELECT 'location codes ' || string_agg(code, ', ' ORDER BY code) FROM location GROUP BY fold_text(code) HAVING count(*) > 1
  ) conflict(same);
  IF taken IS NOT NULL THEN
    RAISE EXCEPTION 'These are the same from this version on. Change them with the version before, then migrate again: %', taken;
  END IF;
END $do$;

ALTER TABLE location ALTER COLUMN code_key SET EXPRESSION AS (fold_text(code));
ALTER TABLE item
  DROP CONSTRAINT item_barcode_taken,
  ADD COLUMN barcode_key text COLLATE "C" GENERATED ALWAYS AS (barcode_key(barcode)) STORED,
  ADD CONSTRAINT item_barcode_taken UNIQUE (barcode_key),
  ALTER COLUMN sku_key SET EXPRESSION AS (fold_text(sku)),
  ALTER COLUMN name_key SET EXPRESSION AS (fold_text(name)),
  ALTER COLUMN words SET EXPRESSION AS (
    setweight(search_terms(sku), 'A') || setweight(search_terms(barcode), 'A')
    || setweight(search_terms(name), 'B') || setweight(search_terms(category), 'C'));

DELETE FROM search_word;
INSERT INTO search_word
SELECT word FROM item, unnest(tsvector_to_array(words)) AS word WHERE word !~ '[0-9]' AND length(word) BETWEEN 4 AND 40
UNION
SELECT word FROM item, unnest(tsvector_to_array(ts_filter(words, '{b,c}'))) AS word
WHERE word ~ '[0-9]' AND word ~ '[^0-9]' AND length(word) BETWEEN 4 AND 40;
