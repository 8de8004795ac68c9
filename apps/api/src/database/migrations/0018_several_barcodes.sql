-- An item has up to 20 barcodes: `barcode` is the first, `more_barcodes` are the others.
ALTER TABLE item
  DROP CONSTRAINT item_barcode_taken,
  ADD COLUMN more_barcodes text[] NOT NULL DEFAULT '{}'
    CHECK (more_barcodes = '{}' OR (barcode IS NOT NULL AND cardinality(more_barcodes) <= 19));

-- Null where there are none. Declared immutable, which array_to_string is for texts.
CREATE FUNCTION barcode_list(barcodes text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN nullif(array_to_string(barcodes, ', '), '');

ALTER TABLE item ALTER COLUMN words SET EXPRESSION AS (
  setweight(search_terms(sku), 'A') || setweight(search_terms(barcode), 'A') || setweight(search_terms(barcode_list(more_barcodes)), 'A')
  || setweight(search_terms(name), 'B') || setweight(search_terms(category), 'C'));

CREATE FUNCTION all_barcodes(first text, others text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN first IS NULL THEN others ELSE array_prepend(first, others) END;

-- Of barcodes that are the same, the first.
CREATE FUNCTION distinct_barcodes(codes text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN cardinality(codes) < 2 THEN codes ELSE (
    SELECT array_agg(code ORDER BY n) FROM (
      SELECT DISTINCT ON (barcode_key(code)) code, n FROM unnest(codes) WITH ORDINALITY AS listed(code, n) ORDER BY barcode_key(code), n) firsts) END;

-- The item of each barcode, as barcodes are compared: no two items have the same one. Only the version before this migration
-- reads `item.barcode_key`.
CREATE TABLE item_barcode (
  key     text COLLATE "C" CONSTRAINT item_barcode_taken PRIMARY KEY,
  item_id uuid NOT NULL
);
INSERT INTO item_barcode SELECT barcode_key, id FROM item WHERE barcode_key IS NOT NULL ORDER BY barcode_key;

CREATE FUNCTION keep_item_barcodes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM item_barcode WHERE key IN (
      SELECT barcode_key(code) FROM previous JOIN changed USING (id), unnest(all_barcodes(previous.barcode, previous.more_barcodes)) code
      WHERE all_barcodes(previous.barcode, previous.more_barcodes) <> all_barcodes(changed.barcode, changed.more_barcodes));
    INSERT INTO item_barcode
    SELECT barcode_key(code), id FROM previous JOIN changed USING (id), unnest(all_barcodes(changed.barcode, changed.more_barcodes)) code
    WHERE all_barcodes(previous.barcode, previous.more_barcodes) <> all_barcodes(changed.barcode, changed.more_barcodes) ORDER BY 1;
  ELSE
    INSERT INTO item_barcode
    SELECT barcode_key(code), id FROM changed, unnest(all_barcodes(barcode, more_barcodes)) code ORDER BY 1;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER item_barcodes_added AFTER INSERT ON item REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION keep_item_barcodes();
CREATE TRIGGER item_barcodes_changed AFTER UPDATE ON item REFERENCING OLD TABLE AS previous NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION keep_item_barcodes();

CREATE OR REPLACE FUNCTION audit_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO audit_entry (action, subject_kind, subject_id, actor_id, changes, fields)
    SELECT action, 'item', id, coalesce(updated_by, current_actor()), changes, ARRAY(SELECT jsonb_object_keys(changes)) FROM (
      SELECT changed.id, changed.updated_by, catalog_action(previous.archived_at, changed.archived_at) AS action,
             jsonb_strip_nulls(jsonb_build_object('sku', change_of(previous.sku, changed.sku), 'name', change_of(previous.name, changed.name),
               'description', change_of(previous.description, changed.description), 'barcode', change_of(previous.barcode, changed.barcode),
               'moreBarcodes', change_of(barcode_list(previous.more_barcodes), barcode_list(changed.more_barcodes)),
               'category', change_of(previous.category, changed.category), 'unit', change_of(previous.unit, changed.unit),
               'unitCost', change_of(previous.unit_cost, changed.unit_cost), 'reorderPoint', change_of(previous.reorder_point, changed.reorder_point),
               'attributes', CASE WHEN previous.attributes <> changed.attributes
                 THEN jsonb_build_array(differing(previous.attributes, changed.attributes), differing(changed.attributes, previous.attributes)) END)) AS changes
      FROM changed JOIN previous USING (id) ORDER BY id) entry
    WHERE action <> 'updated' OR changes <> '{}';
  ELSIF current_change('import_id') IS NULL THEN
    INSERT INTO audit_entry (action, subject_kind, subject_id, actor_id, changes, fields)
    SELECT 'created', 'item', id, coalesce(updated_by, current_actor()), changes, ARRAY(SELECT jsonb_object_keys(changes)) FROM (
      SELECT id, updated_by, jsonb_strip_nulls(jsonb_build_object('sku', change_of(NULL, sku), 'name', change_of(NULL, name),
        'description', change_of(NULL, nullif(description, '')), 'barcode', change_of(NULL, barcode), 'moreBarcodes', change_of(NULL, barcode_list(more_barcodes)), 'category', change_of(NULL, category),
        'unit', change_of(NULL, unit), 'unitCost', change_of(NULL, unit_cost), 'reorderPoint', change_of(NULL, reorder_point),
        'attributes', change_of(NULL, nullif(attributes, '{}')))) AS changes
      FROM changed ORDER BY id) entry;
  END IF;
  RETURN NULL;
END $$;
