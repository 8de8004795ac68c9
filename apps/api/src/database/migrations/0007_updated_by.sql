-- The actor who made or changed an entry of the catalogue last. Without a foreign key, which would be checked for each row
-- of an import: actors are never deleted.
ALTER TABLE item ADD COLUMN updated_by uuid;
ALTER TABLE location ADD COLUMN updated_by uuid;
