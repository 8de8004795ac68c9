import type { FastifyInstance } from 'fastify';
import { paths } from '#runtime';

/**
 * A response is for one caller: no shared cache keeps it (RFC 9111 §5.2.2). A resource with an ETag may be kept by
 * the caller's own cache, which asks each time whether it is still current. A route that says otherwise itself keeps its word.
 */
export function addCacheControl(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    if (request.url.startsWith(paths.api)) {
      if (!reply.hasHeader('cache-control'))
        reply.header('cache-control', reply.hasHeader('etag') ? 'private, no-cache' : 'no-store');
      // Programs are told apart by Authorization, browsers behind the gateway by their cookie.
      reply.header('vary', 'Authorization, Cookie');
    }
    done(null, payload);
  });
}
