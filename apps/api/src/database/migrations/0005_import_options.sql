-- How a file is read and what is done with it, what was found in it, and what is needed to undo it.
ALTER TABLE import
  ADD file_name text,
  -- Whose chunks they are: a dry run and what follows it share one file.
  ADD file_id uuid,
  ADD format text NOT NULL DEFAULT 'csv' CHECK (format IN ('csv', 'xlsx')),
  ADD encoding text DEFAULT 'utf-8',
  ADD sha256 bytea,
  ADD stock text NOT NULL DEFAULT 'add' CHECK (stock IN ('opening', 'add', 'set', 'ignore')),
  -- delimiter, decimal, sheet, mapping: as the sender named them.
  ADD options jsonb NOT NULL DEFAULT '{}',
  ADD reading json,
  ADD same_file_as uuid,
  ADD rerun_of uuid,
  ADD stock_skipped bigint NOT NULL DEFAULT 0,
  ADD stock_delta bigint NOT NULL DEFAULT 0,
  ADD undone bigint NOT NULL DEFAULT 0,
  ADD not_undone bigint NOT NULL DEFAULT 0,
  DROP CONSTRAINT import_state_check,
  ADD CONSTRAINT import_state_check CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'undoing', 'undone'));
UPDATE import SET file_id = id;
ALTER TABLE import ALTER file_id SET NOT NULL;
CREATE INDEX import_by_sha256 ON import (sha256, id);
DROP INDEX import_unfinished;
CREATE INDEX import_unfinished ON import (id) WHERE state IN ('queued', 'running', 'undoing');

-- Rows that were left out, as the file has them.
CREATE TABLE import_failed_row (
  import_id uuid NOT NULL REFERENCES import,
  line      bigint NOT NULL,
  cells     text[] NOT NULL,
  PRIMARY KEY (import_id, line)
);

-- Rows of the file as they should have been.
CREATE TABLE import_correction (
  import_id uuid NOT NULL REFERENCES import,
  line      bigint NOT NULL,
  cells     text[] NOT NULL,
  PRIMARY KEY (import_id, line)
);

CREATE TABLE import_movement (
  import_id   uuid NOT NULL REFERENCES import,
  movement_id uuid NOT NULL,
  PRIMARY KEY (import_id, movement_id)
);

-- Items that an import touched: the version that it left them at, and what it changed in them. Null: nothing.
CREATE TABLE import_change (
  import_id uuid NOT NULL REFERENCES import,
  item_id   uuid NOT NULL,
  version   integer NOT NULL,
  created   boolean NOT NULL,
  before    jsonb,
  PRIMARY KEY (import_id, item_id)
);
