-- What people are told of by mail. Rows are written by one task at a time, so that ids are committed in their order.
CREATE TABLE alert (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind       text NOT NULL CHECK (kind IN ('low-stock', 'out-of-stock', 'reservation-expiring', 'import-failed', 'webhook-disabled')),
  subject_id uuid NOT NULL,
  -- Tells one occurrence of the same subject from another. What occurs again is told again.
  occurrence text NOT NULL DEFAULT uuidv7()::text,
  text       text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (kind, subject_id, occurrence)
);

-- The items that were low or out when it was last looked.
CREATE TABLE low_item (
  item_id uuid PRIMARY KEY REFERENCES item,
  state   text NOT NULL CHECK (state IN ('low-stock', 'out-of-stock'))
);

-- Who wants mail of what, and what they were told.
CREATE TABLE alert_subscription (
  user_id    uuid PRIMARY KEY REFERENCES user_account ON DELETE CASCADE,
  kinds      text[] NOT NULL,
  -- The last alert that they were told of, or that came before they asked.
  told_up_to bigint NOT NULL,
  -- Before this, no mail is sent.
  next_at    timestamptz(3) NOT NULL DEFAULT now()
);
