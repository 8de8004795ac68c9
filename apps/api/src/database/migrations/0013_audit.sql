-- Who changed which field of what, from what to what. A row is written in the transaction of its change, as the event of it is,
-- but kept as the ledger is: for good. Its id holds its time, so that a list by time needs no other index.
CREATE FUNCTION current_change(property text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('stockroom.' || property, true), '');

CREATE TABLE audit_entry (
  id           uuid PRIMARY KEY DEFAULT uuidv7(),
  action       text NOT NULL CHECK (action IN ('created', 'updated', 'archived', 'restored', 'removed')),
  subject_kind text NOT NULL,
  subject_id   uuid NOT NULL,
  -- By field: [from, to]. Of a field that is an object, what differs. Of a secret, [null, null].
  changes      jsonb NOT NULL,
  fields       text[] NOT NULL,
  actor_id     uuid NOT NULL DEFAULT current_actor(),
  -- Of a person, the session that they signed in with.
  session_id   uuid DEFAULT current_change('session_id')::uuid,
  address      text DEFAULT current_change('address'),
  -- The import that made the change, or its undo.
  import_id    uuid DEFAULT current_change('import_id')::uuid
);
CREATE INDEX audit_entry_by_subject ON audit_entry (subject_id, id);
CREATE INDEX audit_entry_by_actor ON audit_entry (actor_id, id);
CREATE INDEX audit_entry_by_field ON audit_entry USING gin (fields);
-- Nearly all entries are of items: those are found by the primary key.
CREATE INDEX audit_entry_by_kind ON audit_entry (subject_kind, id) WHERE subject_kind <> 'item';

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry EXECUTE FUNCTION refuse_audit_change();

-- The first id that a row of this time, or a later one, can have.
CREATE FUNCTION first_uuid_at(moment timestamptz) RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN (lpad(to_hex(greatest(0, floor(extract(epoch FROM moment) * 1000))::bigint), 12, '0') || '70008000000000000000')::uuid;

-- The members of an object that another one does not have, or has with another value; anything else as it is.
CREATE FUNCTION differing(value jsonb, other jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN jsonb_typeof(value) = 'object' AND jsonb_typeof(other) = 'object'
    THEN (SELECT coalesce(jsonb_object_agg(member.key, member.value), '{}') FROM jsonb_each(value) member WHERE member.value IS DISTINCT FROM other -> member.key)
    ELSE value END;

-- [from, to] where they differ, else null.
CREATE FUNCTION change_of(was anyelement, becomes anyelement) RETURNS jsonb LANGUAGE sql STABLE PARALLEL SAFE AS
  'SELECT CASE WHEN was IS DISTINCT FROM becomes THEN jsonb_build_array(was, becomes) END';

-- What a change of an item or a location is, by its archived_at.
CREATE FUNCTION catalog_action(was timestamptz, becomes timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN (was IS NULL) = (becomes IS NULL) THEN 'updated' WHEN becomes IS NULL THEN 'restored' ELSE 'archived' END;

-- What an import creates has no entries of its own: the import has one.
CREATE FUNCTION audit_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO audit_entry (action, subject_kind, subject_id, actor_id, changes, fields)
    SELECT action, 'item', id, coalesce(updated_by, current_actor()), changes, ARRAY(SELECT jsonb_object_keys(changes)) FROM (
      SELECT changed.id, changed.updated_by, catalog_action(previous.archived_at, changed.archived_at) AS action,
             jsonb_strip_nulls(jsonb_build_object('sku', change_of(previous.sku, changed.sku), 'name', change_of(previous.name, changed.name),
               'description', change_of(previous.description, changed.description), 'barcode', change_of(previous.barcode, changed.barcode),
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
        'description', change_of(NULL, nullif(description, '')), 'barcode', change_of(NULL, barcode), 'category', change_of(NULL, category),
        'unit', change_of(NULL, unit), 'unitCost', change_of(NULL, unit_cost), 'reorderPoint', change_of(NULL, reorder_point),
        'attributes', change_of(NULL, nullif(attributes, '{}')))) AS changes
      FROM changed ORDER BY id) entry;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER item_audit_added AFTER INSERT ON item REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_items();
CREATE TRIGGER item_audit_changed AFTER UPDATE ON item REFERENCING OLD TABLE AS previous NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_items();

CREATE FUNCTION audit_locations() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO audit_entry (action, subject_kind, subject_id, actor_id, changes, fields)
    SELECT action, 'location', id, coalesce(updated_by, current_actor()), changes, ARRAY(SELECT jsonb_object_keys(changes)) FROM (
      SELECT changed.id, changed.updated_by, catalog_action(previous.archived_at, changed.archived_at) AS action,
             jsonb_strip_nulls(jsonb_build_object('code', change_of(previous.code, changed.code), 'name', change_of(previous.name, changed.name))) AS changes
      FROM changed JOIN previous USING (id) ORDER BY id) entry
    WHERE action <> 'updated' OR changes <> '{}';
  ELSE
    INSERT INTO audit_entry (action, subject_kind, subject_id, actor_id, changes, fields)
    SELECT 'created', 'location', id, coalesce(updated_by, current_actor()),
           jsonb_build_object('code', change_of(NULL, code), 'name', change_of(NULL, name)), '{code,name}'
    FROM changed ORDER BY id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER location_audit_added AFTER INSERT ON location REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_locations();
CREATE TRIGGER location_audit_changed AFTER UPDATE ON location REFERENCING OLD TABLE AS previous NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_locations();

-- Of a password only that it changed. A person's name is the actor's: it has a trigger of its own below.
CREATE FUNCTION audit_users() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO audit_entry (action, subject_kind, subject_id, changes, fields)
    SELECT 'updated', 'user', id, changes, ARRAY(SELECT jsonb_object_keys(changes)) FROM (
      SELECT id, jsonb_strip_nulls(jsonb_build_object('email', change_of(previous.email, changed.email), 'role', change_of(previous.role, changed.role),
        'password', CASE WHEN previous.password_hash <> changed.password_hash THEN '[null, null]'::jsonb END)) AS changes
      FROM changed JOIN previous USING (id) ORDER BY id) entry
    WHERE changes <> '{}';
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO audit_entry (action, subject_kind, subject_id, changes, fields)
    SELECT 'created', 'user', id,
           jsonb_build_object('email', change_of(NULL, email), 'name', change_of(NULL, name), 'role', change_of(NULL, role)), '{email,name,role}'
    FROM changed JOIN actor USING (id) ORDER BY id;
  ELSE
    INSERT INTO audit_entry (action, subject_kind, subject_id, changes, fields)
    SELECT 'removed', 'user', id,
           jsonb_build_object('email', change_of(email, NULL), 'name', change_of(name, NULL), 'role', change_of(role, NULL)), '{email,name,role}'
    FROM changed JOIN actor USING (id) ORDER BY id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER user_audit_added AFTER INSERT ON user_account REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_users();
CREATE TRIGGER user_audit_changed AFTER UPDATE ON user_account REFERENCING OLD TABLE AS previous NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_users();
CREATE TRIGGER user_audit_removed AFTER DELETE ON user_account REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_users();

CREATE FUNCTION audit_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_entry (action, subject_kind, subject_id, changes, fields)
  SELECT 'updated', kind, id, jsonb_build_object('name', change_of(previous.name, changed.name)), '{name}'
  FROM changed JOIN previous USING (id, kind) WHERE previous.name <> changed.name ORDER BY id;
  RETURN NULL;
END $$;
CREATE TRIGGER actor_audit_changed AFTER UPDATE ON actor REFERENCING OLD TABLE AS previous NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_names();

-- Of a key only how it begins.
CREATE FUNCTION audit_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_entry (action, subject_kind, subject_id, changes, fields)
  SELECT CASE TG_OP WHEN 'INSERT' THEN 'created' ELSE 'removed' END, 'api-key', id, changes, ARRAY(SELECT jsonb_object_keys(changes)) FROM (
    SELECT id, CASE TG_OP
      WHEN 'INSERT' THEN jsonb_strip_nulls(jsonb_build_object('name', change_of(NULL, name), 'role', change_of(NULL, role),
        'prefix', change_of(NULL, prefix), 'expiresAt', change_of(NULL, expires_at)))
      ELSE jsonb_strip_nulls(jsonb_build_object('name', change_of(name, NULL), 'role', change_of(role, NULL),
        'prefix', change_of(prefix, NULL), 'expiresAt', change_of(expires_at, NULL))) END AS changes
    FROM changed JOIN actor USING (id) ORDER BY id) entry;
  RETURN NULL;
END $$;
CREATE TRIGGER key_audit_added AFTER INSERT ON api_key REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_keys();
CREATE TRIGGER key_audit_removed AFTER DELETE ON api_key REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_keys();

-- That a file was imported, and that a caller had the import cancelled or undone. A dry run changes nothing.
CREATE FUNCTION audit_imports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO audit_entry (action, subject_kind, subject_id, actor_id, changes, fields)
    SELECT 'created', 'import', id, actor_id, changes, ARRAY(SELECT jsonb_object_keys(changes)) FROM (
      SELECT id, actor_id, jsonb_strip_nulls(jsonb_build_object('fileName', change_of(NULL, file_name), 'mode', change_of(NULL, mode),
        'stock', change_of(NULL, stock))) AS changes
      FROM changed WHERE NOT dry_run ORDER BY id) entry;
  ELSE
    INSERT INTO audit_entry (action, subject_kind, subject_id, changes, fields)
    SELECT 'updated', 'import', id, jsonb_build_object('state', change_of(previous.state, changed.state)), '{state}'
    FROM changed JOIN previous USING (id)
    WHERE previous.state <> changed.state AND changed.state IN ('cancelled', 'undoing') AND NOT changed.dry_run ORDER BY id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER import_audit_added AFTER INSERT ON import REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_imports();
CREATE TRIGGER import_audit_changed AFTER UPDATE ON import REFERENCING OLD TABLE AS previous NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_imports();

-- The caller who had the import undone: its changes are theirs.
ALTER TABLE import ADD COLUMN undone_by uuid;
