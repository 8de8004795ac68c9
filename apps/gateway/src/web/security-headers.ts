import type { FastifyInstance } from 'fastify';
import type { Settings } from '../settings.ts';
import { browserInfoOf } from '../session/browser-info.ts';

/**
 * The page loads everything from its own origin, without inline scripts and styles, and cannot be framed. WebAssembly reads
 * barcodes from the camera in browsers that have no decoder of their own; it may not be used to evaluate JavaScript.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
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

/** A year (RFC 6797), only over HTTPS, and for this host alone: the domain may have other hosts. */
const HSTS = 'max-age=31536000';

/** Security headers of everything that the gateway serves itself. */
export function addSecurityHeaders(server: FastifyInstance, settings: Settings): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(HEADERS);
    if (browserInfoOf(request.raw, settings).secure) void reply.header('strict-transport-security', HSTS);
    done();
  });
}
