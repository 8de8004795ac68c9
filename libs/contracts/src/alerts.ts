/**
 * What people may be told of by mail. Low and out of stock: items with a reorder point. Reservations: those that were held
 * for more than an hour, an hour before their end. Webhooks: only admins are told.
 */
export const alertKinds = [
  'low-stock',
  'out-of-stock',
  'reservation-expiring',
  'import-failed',
  'webhook-disabled',
] as const;
export type AlertKind = (typeof alertKinds)[number];
