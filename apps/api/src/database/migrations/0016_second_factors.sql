-- Codes that a person's sign-in takes beside the password (RFC 6238).
CREATE TABLE second_factor (
  user_id      uuid PRIMARY KEY REFERENCES user_account ON DELETE CASCADE,
  -- Encrypted with a key that is derived from SIGNING_KEY.
  secret       text NOT NULL,
  -- Null: no code was entered yet, so none is asked for.
  confirmed_at timestamptz(3),
  -- The time step of the last code that was taken. Codes of it and of those before it are taken no more.
  last_step    bigint NOT NULL DEFAULT 0
);

-- Each is taken once, and its row deleted. 80 random bits cannot be guessed, so a fast hash is enough.
CREATE TABLE recovery_code (
  user_id uuid NOT NULL REFERENCES second_factor ON DELETE CASCADE,
  hash    bytea NOT NULL,
  PRIMARY KEY (user_id, hash)
);

-- That a person's second factor was turned on or off; not where it goes with the person.
CREATE FUNCTION audit_second_factor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM user_account WHERE id = OLD.user_id) THEN
    INSERT INTO audit_entry (action, subject_kind, subject_id, changes, fields)
    VALUES ('updated', 'user', OLD.user_id, jsonb_build_object('twoFactor', change_of(TG_OP = 'DELETE', TG_OP = 'UPDATE')), '{twoFactor}');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER second_factor_audit_on AFTER UPDATE ON second_factor FOR EACH ROW
  WHEN (OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL) EXECUTE FUNCTION audit_second_factor();
CREATE TRIGGER second_factor_audit_off AFTER DELETE ON second_factor FOR EACH ROW
  WHEN (OLD.confirmed_at IS NOT NULL) EXECUTE FUNCTION audit_second_factor();
