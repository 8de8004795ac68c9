-- `photo` is the SHA-256 of the item's photo in base64url: a client that has the item knows by it whether it has the photo.
ALTER TABLE item ADD COLUMN photo text CHECK (photo ~ '^[A-Za-z0-9_-]{43}$');

CREATE TABLE item_photo (
  item_id    uuid PRIMARY KEY REFERENCES item ON DELETE CASCADE,
  media_type text NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
  bytes      bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 204800)
);
-- Images are compressed already.
ALTER TABLE item_photo ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE OR REPLACE FUNCTION audit_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO audit_entry (action, subject_kind, subject_id, actor_id, changes, fields)
    SELECT action, 'item', id, coalesce(updated_by, current_actor()), changes, ARRAY(SELECT jsonb_object_keys(changes)) FROM (
      SELECT changed.id, changed.updated_by, catalog_action(previous.archived_at, changed.archived_at) AS action,
             jsonb_strip_nulls(jsonb_build_object('sku', change_of(previous.sku, changed.sku), 'name', change_of(previous.name, changed.name),
               'description', change_of(previous.description, changed.description), 'barcode', change_of(previous.barcode, changed.barcode),
               'moreBarcodes', change_of(barcode_list(previous.more_barcodes), barcode_list(changed.more_barcodes)),
               'photo', change_of(previous.photo, changed.photo),
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
