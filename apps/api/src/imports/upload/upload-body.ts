import type { Readable } from 'node:stream';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#service';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route takes `text/csv`, as a stream. */
    csv?: boolean;
  }
}

const wrongType = () =>
  new Problem('unsupported-media-type', 'An import takes text/csv; every other route takes application/json.');

/** Hands a CSV body to its route unread. Only the imports' route takes one. */
export function acceptUploads(server: FastifyInstance): void {
  server.addContentTypeParser('text/csv', (request, payload, done) => {
    if (request.routeOptions.config.csv) done(null, payload);
    else done(wrongType());
  });
}

/** A body that has not been read. */
export interface Upload {
  stream: Readable;
  /** In bytes, where the sender says so. */
  length: number | undefined;
}

/** @throws Problem `unsupported-media-type` where the body is not CSV, or compressed */
export const UploadBody = createParamDecorator((_: unknown, execution: ExecutionContext): Upload => {
  const request = execution.switchToHttp().getRequest<FastifyRequest>();
  const { 'content-length': length, 'content-encoding': encoding = 'identity' } = request.headers;
  if (request.body !== request.raw || encoding !== 'identity') throw wrongType();
  return { stream: request.raw, length: length === undefined ? undefined : Number(length) };
});
