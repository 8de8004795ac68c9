-- The change feed. A row is written in the transaction of its change, so there is one exactly where the change is. `seq` is
-- taken while the changed row is locked: of two changes of one row, the later has the higher number. `xid` comes first, so
-- that a transaction has its id before it takes a number: who publishes relies on that.
CREATE TABLE event (
  xid         xid8 NOT NULL DEFAULT pg_current_xact_id(),
  seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  type        text NOT NULL,
  resource_id uuid NOT NULL,
  version     integer,
  actor_id    uuid NOT NULL,
  created_at  timestamptz(3) NOT NULL DEFAULT now(),
  data        jsonb
);
CREATE INDEX event_by_xid ON event (xid);

-- The order in which events are handed out. Numbers are taken before COMMIT, so that a reader that went by `seq` would pass
-- over one that is committed late. Here stands, in batches, what is committed: the nth event of all has the position n.
CREATE TABLE event_batch (
  last_position bigint PRIMARY KEY,
  seqs          bigint[] NOT NULL,
  -- What the statement that made the batch saw, and its own transaction: where others ran at that time, some of their
  -- events may have numbers below `last_seq` and are still to come.
  snapshot      pg_snapshot NOT NULL DEFAULT pg_current_snapshot(),
  xid           xid8 NOT NULL DEFAULT pg_current_xact_id(),
  -- The highest number in this batch and those before it.
  last_seq      bigint NOT NULL,
  -- Up to here none is still to come, whatever the transaction ids say: those of a restored database begin again.
  settled_seq   bigint NOT NULL,
  created_at    timestamptz(3) NOT NULL DEFAULT now()
);
INSERT INTO event_batch (last_position, seqs, last_seq, settled_seq) VALUES (0, '{}', 0, 0);

CREATE FUNCTION refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.created_at < now() - interval '30 days' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'events are append-only for 30 days: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_event_change();
CREATE TRIGGER event_not_truncated BEFORE TRUNCATE ON event EXECUTE FUNCTION refuse_event_change();
CREATE TRIGGER event_batch_append_only BEFORE UPDATE OR DELETE ON event_batch FOR EACH ROW EXECUTE FUNCTION refuse_event_change();
CREATE TRIGGER event_batch_not_truncated BEFORE TRUNCATE ON event_batch EXECUTE FUNCTION refuse_event_change();

-- Deletes some batches that are older than 30 days, with their events; the newest batch stays. With the owner's rights: the
-- application may not delete. A schema of the caller's own is not looked in.
DO $do$
BEGIN
  EXECUTE format($create$
    CREATE FUNCTION delete_old_events(max_batches integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = %I, pg_temp AS $body$
    DECLARE
      batches bigint[];
    BEGIN
      batches := ARRAY(
        SELECT last_position FROM event_batch
        WHERE created_at < now() - interval '30 days' AND last_position < (SELECT max(last_position) FROM event_batch)
        ORDER BY last_position LIMIT max_batches FOR UPDATE SKIP LOCKED);
      DELETE FROM event WHERE created_at < now() - interval '30 days'
        AND seq IN (SELECT unnest(seqs) FROM event_batch WHERE last_position = ANY (batches));
      DELETE FROM event_batch WHERE last_position = ANY (batches);
      RETURN cardinality(batches);
    END $body$ $create$, current_schema());
END $do$;

-- Who changes something, where the row itself does not say: set by the transaction.
CREATE FUNCTION current_actor() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN coalesce(nullif(current_setting('stockroom.actor_id', true), '')::uuid, '00000000-0000-7000-8000-000000000000');

CREATE FUNCTION add_movement_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO event (type, resource_id, actor_id) SELECT 'movement.posted', id, actor_id FROM added ORDER BY added.seq;
  RETURN NULL;
END $$;
CREATE TRIGGER movement_events AFTER INSERT ON movement REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION add_movement_events();

-- The actor who committed or released it. Null: it expired.
ALTER TABLE reservation ADD COLUMN ended_by uuid;

CREATE FUNCTION add_reservation_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO event (type, resource_id, version, actor_id)
    SELECT 'reservation.' || state, id, version, actor_id FROM changed ORDER BY id;
  ELSE
    INSERT INTO event (type, resource_id, version, actor_id)
    SELECT 'reservation.' || changed.state, id, changed.version, coalesce(changed.ended_by, current_actor()) FROM changed JOIN previous USING (id)
    WHERE changed.state <> previous.state ORDER BY id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER reservation_events_added AFTER INSERT ON reservation REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_reservation_events();
CREATE TRIGGER reservation_events_changed AFTER UPDATE ON reservation REFERENCING OLD TABLE AS previous NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_reservation_events();

CREATE FUNCTION add_import_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO event (type, resource_id, version, actor_id)
    SELECT 'import.' || state, id, version, actor_id FROM changed ORDER BY id;
  ELSE
    INSERT INTO event (type, resource_id, version, actor_id)
    SELECT 'import.' || changed.state, id, changed.version, coalesce(nullif(current_setting('stockroom.actor_id', true), '')::uuid, changed.actor_id)
    FROM changed JOIN previous USING (id) WHERE changed.state <> previous.state ORDER BY id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER import_events_added AFTER INSERT ON import REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_import_events();
CREATE TRIGGER import_events_changed AFTER UPDATE ON import REFERENCING OLD TABLE AS previous NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_import_events();

-- Items and locations: both have `archived_at`, `version` and `updated_by`.
CREATE FUNCTION add_catalog_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO event (type, resource_id, version, actor_id)
    SELECT TG_TABLE_NAME || '.created', id, version, coalesce(updated_by, current_actor()) FROM changed ORDER BY id;
  ELSE
    INSERT INTO event (type, resource_id, version, actor_id)
    SELECT TG_TABLE_NAME || CASE WHEN (changed.archived_at IS NULL) = (previous.archived_at IS NULL) THEN '.updated'
                                 WHEN changed.archived_at IS NULL THEN '.restored' ELSE '.archived' END,
           id, changed.version, coalesce(changed.updated_by, current_actor())
    FROM changed JOIN previous USING (id) WHERE changed.version <> previous.version ORDER BY id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER item_events_added AFTER INSERT ON item REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_catalog_events();
CREATE TRIGGER item_events_changed AFTER UPDATE ON item REFERENCING OLD TABLE AS previous NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_catalog_events();
CREATE TRIGGER location_events_added AFTER INSERT ON location REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_catalog_events();
CREATE TRIGGER location_events_changed AFTER UPDATE ON location REFERENCING OLD TABLE AS previous NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_catalog_events();

CREATE FUNCTION add_user_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO event (type, resource_id, version, actor_id)
    SELECT 'user.updated', id, changed.version, current_actor() FROM changed JOIN previous USING (id)
    WHERE changed.version <> previous.version ORDER BY id;
  ELSE
    INSERT INTO event (type, resource_id, version, actor_id)
    SELECT 'user.' || CASE TG_OP WHEN 'INSERT' THEN 'created' ELSE 'removed' END, id, version, current_actor() FROM changed ORDER BY id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER user_events_added AFTER INSERT ON user_account REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_user_events();
CREATE TRIGGER user_events_changed AFTER UPDATE ON user_account REFERENCING OLD TABLE AS previous NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_user_events();
CREATE TRIGGER user_events_removed AFTER DELETE ON user_account REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_user_events();

-- Keys are made and removed. That one was used is no change of it.
CREATE FUNCTION add_key_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO event (type, resource_id, actor_id)
  SELECT 'api-key.' || CASE TG_OP WHEN 'INSERT' THEN 'created' ELSE 'removed' END, id, current_actor() FROM changed ORDER BY id;
  RETURN NULL;
END $$;
CREATE TRIGGER key_events_added AFTER INSERT ON api_key REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_key_events();
CREATE TRIGGER key_events_removed AFTER DELETE ON api_key REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_key_events();
