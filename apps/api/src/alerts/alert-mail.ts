import type { AlertKind } from '#contracts';
import type { AlertGroup } from './alert.repository.ts';

const HEADINGS: Record<AlertKind, string> = {
  'low-stock': 'Low stock',
  'out-of-stock': 'Out of stock',
  'reservation-expiring': 'Reservations that expire within the hour',
  'import-failed': 'Imports that failed',
  'webhook-disabled': 'Webhooks that were disabled',
};

/** One mail for all that happened. What people typed is in its text only, never in a header field. */
export function alertMail(groups: AlertGroup[]): { subject: string; text: string } {
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  const parts = groups.map(({ kind, count, texts }) => {
    const more = count > texts.length ? [`and ${count - texts.length} more`] : [];
    return [`${HEADINGS[kind]} (${count})`, ...[...texts, ...more].map((line) => `- ${line}`)].join('\n');
  });
  const end = 'You chose these mails on the page Account of Stockroom, and can end them there.';
  return { subject: `Stockroom: ${count === 1 ? '1 alert' : `${count} alerts`}`, text: [...parts, end].join('\n\n') };
}
