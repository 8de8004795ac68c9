-- People who sign in. Their name is their actor's, which outlives the account.
CREATE TABLE user_account (
  id            uuid PRIMARY KEY REFERENCES actor,
  email         text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  email_key     text COLLATE "C" NOT NULL GENERATED ALWAYS AS (lower(email COLLATE pg_c_utf8)) STORED,
  role          text NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
  -- A PHC string: $argon2id$v=19$m=…,t=…,p=…$salt$hash
  password_hash text NOT NULL,
  version       integer NOT NULL DEFAULT 1,
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  updated_at    timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT user_email_taken UNIQUE (email_key)
);

-- To end a session is to delete its row.
CREATE TABLE session (
  id         uuid PRIMARY KEY DEFAULT uuidv7(),
  user_id    uuid NOT NULL REFERENCES user_account ON DELETE CASCADE,
  expires_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX session_by_user ON session (user_id);
CREATE INDEX session_by_expiry ON session (expires_at);

-- The family of a session: one token that was not used yet, and those that were, by which a stolen one gives itself away.
CREATE TABLE refresh_token (
  hash       bytea PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES session ON DELETE CASCADE,
  used_at    timestamptz(3)
);
CREATE INDEX refresh_token_by_session ON refresh_token (session_id);

-- Sign-ins that failed, by account and by network. The key is a keyed hash: nobody's address stands here in the clear.
CREATE TABLE sign_in_failure (
  key           bytea PRIMARY KEY,
  failures      integer NOT NULL DEFAULT 0,
  last_at       timestamptz(3) NOT NULL,
  blocked_until timestamptz(3) NOT NULL
);

-- Programs. Their name is their actor's, which outlives the key.
CREATE TABLE api_key (
  id           uuid PRIMARY KEY REFERENCES actor,
  hash         bytea NOT NULL UNIQUE,
  prefix       text NOT NULL,
  role         text NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
  expires_at   timestamptz(3),
  last_used_at timestamptz(3),
  created_at   timestamptz(3) NOT NULL DEFAULT now()
);
