-- The networks from which a person has signed in, so that failures from elsewhere do not lock the person out of them.
-- The network is a keyed hash: no address stands here in the clear.
CREATE TABLE known_network (
  user_id uuid NOT NULL REFERENCES user_account ON DELETE CASCADE,
  network bytea NOT NULL,
  last_at timestamptz(3) NOT NULL,
  PRIMARY KEY (user_id, network)
);
CREATE INDEX known_network_by_time ON known_network (last_at);
