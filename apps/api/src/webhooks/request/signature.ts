import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

/** A secret as Standard Webhooks has it: 32 random bytes. */
export const generateSecret = (): string => PREFIX + randomBytes(32).toString('base64');

/**
 * The header fields of Standard Webhooks (github.com/standard-webhooks, spec/standard-webhooks.md).
 * @param secrets each signs: a receiver verifies with the one that it knows
 */
export function signedHeaders(secrets: readonly string[], id: string, body: string): Record<string, string> {
  const timestamp = Math.floor(Date.now() / 1000);
  const sign = (secret: string) =>
    createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets.map((secret) => `v1,${sign(secret)}`).join(' '),
  };
}
