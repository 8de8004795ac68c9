import type { FastifyInstance } from 'fastify';
import { pathOf } from './path-of.ts';
import { Problem } from './problem.ts';

/**
 * Where a path is there but not with this method, sends 405 with `Allow` instead of 404 (RFC 9110 §15.5.6); responds
 * to OPTIONS with `Allow` (§9.3.7). There is no CORS: no other origin is allowed.
 */
export function addAllowedMethods(server: FastifyInstance): void {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  server.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set(['OPTIONS']) };
    for (const name of [method].flat()) route.methods.add(name);
    routes.set(url, route);
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const path = pathOf(request.url);
    const here = [...routes.values()].filter(({ pattern }) => pattern.test(path));
    if (here.length === 0) return done();
    const allow = [...new Set(here.flatMap(({ methods }) => [...methods]))].sort().join(', ');
    if (request.method === 'OPTIONS')
      return void reply.status(204).removeHeader('content-type').header('allow', allow).send();
    done(
      new Problem('method-not-allowed', `${request.method} is not allowed here. Use one of: ${allow}.`, {
        headers: { allow },
      }),
    );
  });
}

/** A route with its parameters, such as `/items/:id`, as the paths that it takes. A wildcard matches nothing here. */
function patternOf(url: string): RegExp {
  if (url.includes('*')) return /(?!)/;
  const segments = url
    .split('/')
    .map((segment) => (segment.startsWith(':') ? '[^/]+' : segment.replaceAll('.', '\\.')));
  return new RegExp(`^${segments.join('/')}$`);
}
