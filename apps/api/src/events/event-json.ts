import sql from 'sql-template-tag';

const LINE_ITEM = sql`(SELECT json_build_object('id', item.id, 'sku', item.sku) FROM item WHERE item.id = line.item_id)`;
const LINE_LOCATION = sql`(SELECT json_build_object('id', location.id, 'code', location.code) FROM location WHERE location.id = line.location_id)`;

/** A page of 200 movements of 500 lines each would be 30 MB. */
const MAX_LINES = sql`LIMIT 20`;

const MOVEMENT = sql`(
  SELECT json_build_object('type', movement.type, 'reference', movement.reference,
    'lineCount', (SELECT count(*) FROM movement_line WHERE movement_seq = movement.seq),
    'lines', (SELECT json_agg(json_build_object('item', item, 'location', location, 'delta', delta, 'onHandAfter', on_hand_after)) FROM (
      SELECT ${LINE_ITEM} AS item, ${LINE_LOCATION} AS location, delta, on_hand_after
      FROM movement_line line WHERE movement_seq = movement.seq ORDER BY line_no ${MAX_LINES}) lines))
  FROM movement WHERE movement.id = page.resource_id)`;

const RESERVATION = sql`(
  SELECT json_build_object('reference', reservation.reference, 'expiresAt', reservation.expires_at, 'movementId', reservation.movement_id,
    'lineCount', (SELECT count(*) FROM reservation_line WHERE reservation_id = reservation.id),
    'lines', (SELECT json_agg(json_build_object('item', item, 'location', location, 'quantity', quantity)) FROM (
      SELECT ${LINE_ITEM} AS item, ${LINE_LOCATION} AS location, quantity
      FROM reservation_line line WHERE reservation_id = reservation.id ORDER BY line_no ${MAX_LINES}) lines))
  FROM reservation WHERE reservation.id = page.resource_id)`;

/** One row of `page` as the contract's `Event`. Its data is read from what it is about: a movement never changes. */
export const EVENT_JSON = sql`json_build_object(
  'id', page.position || '-' || page.seq, 'type', page.type, 'createdAt', page.created_at,
  'createdBy', (SELECT json_build_object('id', id, 'kind', kind, 'name', name) FROM actor WHERE actor.id = page.actor_id),
  'resourceId', page.resource_id, 'version', page.version,
  'data', CASE split_part(page.type, '.', 1)
    WHEN 'movement' THEN ${MOVEMENT}
    WHEN 'reservation' THEN ${RESERVATION}
    WHEN 'item' THEN (SELECT json_build_object('sku', sku, 'name', name) FROM item WHERE item.id = page.resource_id)
    WHEN 'location' THEN (SELECT json_build_object('code', code, 'name', name) FROM location WHERE location.id = page.resource_id)
    WHEN 'import' THEN (SELECT json_build_object('fileName', file_name, 'dryRun', dry_run) FROM import WHERE import.id = page.resource_id)
    WHEN 'webhook' THEN page.data::json
    ELSE (SELECT json_build_object('name', name) FROM actor WHERE actor.id = page.resource_id)
  END)`;
