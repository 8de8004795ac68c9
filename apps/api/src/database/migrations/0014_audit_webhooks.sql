-- Who changed which webhook. Of a URL only what is before its path, since some hold a token; of a secret only that it changed.
CREATE FUNCTION origin_of(url text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN substring(url FROM '^[^:]+://[^/?#]*');

CREATE FUNCTION audit_webhooks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO audit_entry (action, subject_kind, subject_id, changes, fields)
    SELECT 'updated', 'webhook', id, changes, ARRAY(SELECT jsonb_object_keys(changes)) FROM (
      SELECT id, jsonb_strip_nulls(jsonb_build_object(
        'url', CASE WHEN previous.url <> changed.url THEN jsonb_build_array(origin_of(previous.url), origin_of(changed.url)) END,
        'description', change_of(previous.description, changed.description),
        'types', change_of(array_to_string(previous.types, ','), array_to_string(changed.types, ',')),
        'enabled', change_of(previous.enabled, changed.enabled),
        'secret', CASE WHEN previous.secret <> changed.secret THEN '[null, null]'::jsonb END)) AS changes
      FROM changed JOIN previous USING (id) ORDER BY id) entry
    WHERE changes <> '{}';
  ELSE
    INSERT INTO audit_entry (action, subject_kind, subject_id, changes, fields)
    SELECT CASE TG_OP WHEN 'INSERT' THEN 'created' ELSE 'removed' END, 'webhook', id, changes, ARRAY(SELECT jsonb_object_keys(changes)) FROM (
      SELECT id, jsonb_strip_nulls(jsonb_build_object(
        'url', CASE TG_OP WHEN 'INSERT' THEN change_of(NULL, origin_of(url)) ELSE change_of(origin_of(url), NULL) END,
        'description', CASE TG_OP WHEN 'INSERT' THEN change_of(NULL, nullif(description, '')) ELSE change_of(nullif(description, ''), NULL) END,
        'types', CASE TG_OP WHEN 'INSERT' THEN change_of(NULL, array_to_string(types, ',')) ELSE change_of(array_to_string(types, ','), NULL) END,
        'enabled', CASE TG_OP WHEN 'INSERT' THEN change_of(NULL, enabled) ELSE change_of(enabled, NULL) END)) AS changes
      FROM changed ORDER BY id) entry;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER webhook_audit_added AFTER INSERT ON webhook REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_webhooks();
CREATE TRIGGER webhook_audit_changed AFTER UPDATE ON webhook REFERENCING OLD TABLE AS previous NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_webhooks();
CREATE TRIGGER webhook_audit_removed AFTER DELETE ON webhook REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION audit_webhooks();
