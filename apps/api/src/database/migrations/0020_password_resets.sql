-- Mail about passwords that is still to be sent. What a request asks for is kept whether or not there is such an account,
-- so that both cost the same work; one request, one row, however often it is made.
CREATE TABLE password_mail (
  kind       text NOT NULL CHECK (kind IN ('reset', 'changed')),
  -- An e-mail address as addresses are compared.
  email_key  text COLLATE "C" NOT NULL,
  asked_at   timestamptz(3) NOT NULL,
  -- When it is tried next. Each attempt moves it first, so that no other task sends the same mail.
  next_at    timestamptz(3) NOT NULL,
  -- From then on it is not sent any more.
  expires_at timestamptz(3) NOT NULL,
  PRIMARY KEY (kind, email_key)
);

-- The one link by which a person may choose a new password: the newest that was sent. 256 random bits cannot be guessed,
-- so a fast hash is enough.
CREATE TABLE password_reset (
  user_id    uuid PRIMARY KEY REFERENCES user_account ON DELETE CASCADE,
  token_hash bytea NOT NULL UNIQUE,
  expires_at timestamptz(3) NOT NULL
);
