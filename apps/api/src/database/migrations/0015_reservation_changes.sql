-- A reservation that is held can be extended and committed in parts: each change is an event. `updated_by` is the actor of the
-- last one; only the version before this migration writes `ended_by`.
ALTER TABLE reservation ADD COLUMN updated_by uuid;

CREATE OR REPLACE FUNCTION add_reservation_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO event (type, resource_id, version, actor_id)
    SELECT 'reservation.' || state, id, version, actor_id FROM changed ORDER BY id;
  ELSE
    INSERT INTO event (type, resource_id, version, actor_id)
    SELECT 'reservation.' || CASE WHEN changed.state = previous.state THEN 'updated' ELSE changed.state END, id, changed.version,
           coalesce(CASE WHEN changed.state <> 'expired' THEN coalesce(changed.ended_by, changed.updated_by) END, current_actor())
    FROM changed JOIN previous USING (id) WHERE changed.version <> previous.version ORDER BY id;
  END IF;
  RETURN NULL;
END $$;
