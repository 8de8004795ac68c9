import type { FastifyInstance } from 'fastify';
import type { Settings } from '../settings.ts';
import { visitorOf } from '../visitor.ts';

/** Everything comes from here, and nothing stands in the page itself: no inline script, no inline style, no frame around it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  // The camera reads barcodes.
  'permissions-policy': 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** A year (RFC 6797), and only where HTTPS is spoken already. Other names of the domain are not ours to decide about. */
const HSTS = 'max-age=31536000';

/** What the gateway serves itself says how a browser must treat it. */
export function secureAnswers(server: FastifyInstance, settings: Settings): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(HEADERS);
    if (visitorOf(request.raw, settings.publicOrigin).secure) void reply.header('strict-transport-security', HSTS);
    done();
  });
}
