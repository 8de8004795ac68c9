import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { problems, problemType } from '#contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { InputErrors, pointerToken, type Problem } from '#service';
import { serveDocsPage } from './docs-page.ts';
import { completeOperation } from './operation.ts';

/** Serves the OpenAPI 3.1 document and a reader for it. Made at the first request, so that a start costs nothing. */
export function serveOpenApi(app: NestFastifyApplication, version: string): void {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  let document: string | undefined;
  server.addHook('onRequest', (request, _reply, done) => done(findUnknownParameter(request)));
  server.get('/api/openapi.json', (_, reply) => {
    document ??= JSON.stringify(openApiOf(app, version));
    return reply.type('application/json; charset=utf-8').send(document);
  });
  serveDocsPage(app);
}

/** These routes are none of Nest's, whose interceptor refuses unknown parameters elsewhere. */
function findUnknownParameter({ routeOptions: { url = '' }, query }: FastifyRequest): Problem | undefined {
  if (!/^\/api\/(docs|openapi)/.test(url)) return undefined;
  const errors = new InputErrors();
  for (const name of Object.keys(query as object))
    errors.add(`/${pointerToken(name)}`, 'is not a parameter of this route');
  return errors.any ? errors.toProblem('invalid-parameters') : undefined;
}

export function openApiOf(app: NestFastifyApplication, version: string): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Stockroom inventory API')
    .setDescription(DESCRIPTION)
    .setVersion(version)
    .addBearerAuth({ type: 'http', description: 'An access token (POST /api/v1/sessions) or an API key.' })
    .addSecurityRequirements('bearer');
  const made = SwaggerModule.createDocument(app, builder.build(), { operationIdFactory: operationId });
  made.components!.schemas!.Problem = PROBLEM;
  const document = withoutNullable(made) as OpenAPIObject;
  for (const [path, methods] of Object.entries(document.paths))
    for (const method of ['get', 'post', 'put', 'patch', 'delete'] as const)
      if (methods[method]) completeOperation(document, path, method, methods[method]);
  return document;
}

/** `ItemController.list` is `listItems`, `ItemController.create` is `createItem`. */
const operationId = (controller: string, method: string): string =>
  `${method}${controller.replace(/Controller$/, '')}${method === 'list' ? 's' : ''}`;

const DESCRIPTION = `Stock that is never wrong: every change is a line in an append-only ledger.

Quantities are integers in the item's unit, money is integer minor units, times are RFC 3339 UTC. Errors are
\`application/problem+json\` (RFC 9457), of one of these types:

| type | status | what it means |
|---|---|---|
${Object.entries(problems)
  .map(
    ([kind, { status, explanation }]) =>
      `| \`${problemType(kind as keyof typeof problems)}\` | ${status} | ${explanation.replaceAll('|', '\\|')} |`,
  )
  .join('\n')}`;

const text = { type: 'string' } as const;
const PROBLEM = {
  type: 'object' as const,
  required: ['type', 'title', 'status', 'detail', 'instance', 'requestId'],
  properties: {
    type: { ...text, format: 'uri-reference', example: '/api/problems/not-found' },
    title: text,
    status: { type: 'integer' as const },
    detail: text,
    instance: text,
    requestId: text,
    errors: {
      type: 'array' as const,
      items: {
        type: 'object' as const,
        required: ['pointer', 'detail'],
        properties: { pointer: { ...text, description: 'JSON pointer (RFC 6901)' }, detail: text },
      },
    },
  },
};

/** OpenAPI 3.1 has JSON Schema's null where 3.0 had `nullable`. */
function withoutNullable(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutNullable);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = node as Record<string, unknown>;
  const schema = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withoutNullable(value)]));
  if (nullable !== true) return schema;
  return typeof schema.type === 'string'
    ? { ...schema, type: [schema.type, 'null'] }
    : { anyOf: [schema, { type: 'null' }] };
}
