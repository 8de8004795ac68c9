import type { Refusal } from '../rules/refusal.ts';
import type { BodyLimits } from './limits.ts';

/** The largest body that a request to this target may have, in bytes. */
export const maxBodyBytesOf = (target: string, { largeBodies, maxBodyBytes }: BodyLimits): number =>
  largeBodies.find(({ under }) => target.startsWith(under))?.maxBytes ?? maxBodyBytes;

export const bodyTooLarge = (maxBytes: number): Refusal => ({
  kind: 'too-large',
  detail: `The body must not exceed ${maxBytes} bytes.`,
});
