-- When the primary last wrote to it, by its own clock. A replica that shows this time has every change that was committed
-- before it, which is how its lag is known on every kind of server and behind a pooler. Written only where there is a replica.
CREATE TABLE replica_heartbeat (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  beat_at  timestamptz NOT NULL DEFAULT now()
);
INSERT INTO replica_heartbeat DEFAULT VALUES;
