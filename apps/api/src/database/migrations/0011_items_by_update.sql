-- For programs that ask for what changed since they last asked, and the order by that time.
CREATE INDEX item_by_update ON item (updated_at, id);
