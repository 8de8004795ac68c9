import type { FastifyInstance } from 'fastify';

/** A whole response whose body is JSON text already, most often built by PostgreSQL. Returned by a controller, sent as it is. */
export class JsonResponse {
  constructor(
    readonly status: number,
    readonly body: string,
    readonly headers: Record<string, string> = {},
  ) {}
}

/** One resource as a response: its JSON text, and the strong ETag that changes whenever that text does. */
export interface Resource {
  json: string;
  etag: string;
}

/** JSON text of PostgreSQL's without its white space: to the byte what Node.js writes. */
export const compactJson = (json: string): string => JSON.stringify(JSON.parse(json));

export const ok = ({ json, etag }: Resource): JsonResponse => new JsonResponse(200, json, { etag });
export const created = ({ json, etag }: Resource, location: string): JsonResponse =>
  new JsonResponse(201, json, { etag, location });
export const noContent = (): JsonResponse => new JsonResponse(204, '');

/** Makes the server send a JsonResponse, and 304 where the caller has the resource already (RFC 9110 §13.1.2). */
export function registerJsonResponses(server: FastifyInstance): void {
  server.addHook('preSerialization', (request, reply, payload, done) => {
    if (!(payload instanceof JsonResponse)) return done(null, payload);
    const { status, body, headers } = payload;
    const unchanged =
      request.method === 'GET' &&
      status === 200 &&
      headers.etag !== undefined &&
      matchesEtag(request.headers['if-none-match'], headers.etag);
    reply
      .status(unchanged ? 304 : status)
      .headers(headers)
      .serializer((text: unknown) => text as string);
    done(null, unchanged ? '' : body);
  });
}

/** Whether a list of entity tags (`If-None-Match`) names this one, by the weak comparison. */
export const matchesEtag = (list: string | undefined, etag: string): boolean =>
  list !== undefined &&
  (list.trim() === '*' || list.split(',').some((entry) => entry.trim().replace(/^W\//, '') === etag));
