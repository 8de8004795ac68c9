-- A file that somebody sent, and how far the work on it is. `done` is written in the transaction that does the rows, so
-- that another task goes on with exactly the next one.
CREATE TABLE import (
  id          uuid PRIMARY KEY,
  state       text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed')),
  mode        text NOT NULL CHECK (mode IN ('upsert', 'create')),
  dry_run     boolean NOT NULL,
  rows        bigint,
  done        bigint NOT NULL DEFAULT 0,
  created     bigint NOT NULL DEFAULT 0,
  updated     bigint NOT NULL DEFAULT 0,
  failed      bigint NOT NULL DEFAULT 0,
  reason      text,
  actor_id    uuid NOT NULL,
  version     integer NOT NULL DEFAULT 1,
  created_at  timestamptz(3) NOT NULL DEFAULT now(),
  started_at  timestamptz(3),
  finished_at timestamptz(3),
  -- Whoever works on it, and until when nobody else may. The token fences off a task that was thought dead.
  lease_token  uuid,
  leased_until timestamptz(3),
  -- How often it was taken up since a row was last done.
  attempts     integer NOT NULL DEFAULT 0
) WITH (fillfactor = 50);
CREATE INDEX import_unfinished ON import (id) WHERE state IN ('queued', 'running');

-- The file in pieces, each compressed (zstd), until the job is finished. Stored before the job is, hence no foreign key;
-- what an upload that broke off left behind is swept.
CREATE TABLE import_chunk (
  import_id uuid NOT NULL,
  no        integer NOT NULL,
  bytes     bytea NOT NULL,
  stored_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (import_id, no)
);
ALTER TABLE import_chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- What was wrong with the rows that were left out.
CREATE TABLE import_error (
  import_id uuid NOT NULL REFERENCES import,
  line      bigint NOT NULL,
  no        integer NOT NULL,
  -- Empty where the row as a whole is wrong.
  column_name text NOT NULL,
  reason    text NOT NULL,
  PRIMARY KEY (import_id, line, no)
);

-- The items that a dry run would have made, for as long as it runs, so that its later rows find them.
CREATE TABLE import_seen (
  import_id uuid NOT NULL,
  sku_key   text COLLATE "C" NOT NULL,
  barcode   text,
  attributes text[] NOT NULL,
  PRIMARY KEY (import_id, sku_key)
);
CREATE INDEX import_seen_by_barcode ON import_seen (import_id, barcode) WHERE barcode IS NOT NULL;
