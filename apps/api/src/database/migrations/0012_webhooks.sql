-- URLs that events are sent to.
CREATE TABLE webhook (
  id                    uuid PRIMARY KEY,
  url                   text NOT NULL,
  description           text NOT NULL,
  -- Types and resources, as they were asked for. Null: all.
  types                 text[],
  -- Encrypted with a key that is derived from SIGNING_KEY.
  secret                text NOT NULL,
  -- The one before, which signs as well until then.
  previous_secret       text,
  previous_secret_until timestamptz(3),
  enabled               boolean NOT NULL,
  -- Why Stockroom disabled it. Null: it did not.
  disabled_reason       text CHECK (disabled_reason IN ('failing', 'gone')),
  version               integer NOT NULL DEFAULT 1,
  created_at            timestamptz(3) NOT NULL DEFAULT now(),
  updated_at            timestamptz(3) NOT NULL DEFAULT now()
);

-- How far each webhook is, and which task sends for it. Apart from `webhook`, whose rows change only when a person changes them.
CREATE TABLE webhook_progress (
  webhook_id      uuid PRIMARY KEY REFERENCES webhook ON DELETE CASCADE,
  -- The place in the feed up to which all events are delivered.
  position        bigint NOT NULL,
  seq             bigint NOT NULL,
  -- Attempts that failed since the last one that did not.
  failures        integer NOT NULL DEFAULT 0,
  failing_since   timestamptz(3),
  next_attempt_at timestamptz(3),
  lease_token     uuid,
  leased_until    timestamptz(3)
) WITH (fillfactor = 50);

-- Attempts of the last days, and those that a person asked for and that are still to be made. No foreign key: the rows of a
-- deleted webhook go with their age.
CREATE TABLE webhook_delivery (
  id            uuid PRIMARY KEY DEFAULT uuidv7(),
  webhook_id    uuid NOT NULL,
  event_id      text NOT NULL,
  event_type    text NOT NULL,
  trigger       text NOT NULL CHECK (trigger IN ('event', 'test', 'redelivery')),
  state         text NOT NULL CHECK (state IN ('queued', 'delivered', 'failed')),
  attempt       integer NOT NULL,
  status        smallint,
  reason        text,
  duration_ms   integer,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  lease_token   uuid,
  leased_until  timestamptz(3)
);
CREATE INDEX webhook_delivery_by_webhook ON webhook_delivery (webhook_id, id);
CREATE INDEX webhook_delivery_queued ON webhook_delivery (id) WHERE state = 'queued';

CREATE FUNCTION add_webhook_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO event (type, resource_id, version, actor_id, data)
    SELECT CASE WHEN previous.enabled AND NOT changed.enabled THEN 'webhook.disabled' ELSE 'webhook.updated' END,
           id, changed.version, current_actor(), webhook_event_data(changed.description, changed.enabled, changed.disabled_reason)
    FROM changed JOIN previous USING (id) WHERE changed.version <> previous.version ORDER BY id;
  ELSE
    INSERT INTO event (type, resource_id, version, actor_id, data)
    SELECT 'webhook.' || CASE TG_OP WHEN 'INSERT' THEN 'created' ELSE 'removed' END, id, version, current_actor(),
           webhook_event_data(description, enabled, disabled_reason)
    FROM changed ORDER BY id;
  END IF;
  RETURN NULL;
END $$;
-- Without the URL: some hold a token.
CREATE FUNCTION webhook_event_data(description text, enabled boolean, disabled_reason text) RETURNS jsonb LANGUAGE sql IMMUTABLE
  RETURN jsonb_build_object('description', description, 'enabled', enabled, 'disabledReason', disabled_reason);
CREATE TRIGGER webhook_events_added AFTER INSERT ON webhook REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_webhook_events();
CREATE TRIGGER webhook_events_changed AFTER UPDATE ON webhook REFERENCING OLD TABLE AS previous NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_webhook_events();
CREATE TRIGGER webhook_events_removed AFTER DELETE ON webhook REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION add_webhook_events();
