import type { Readable } from 'node:stream';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { wrongType } from '#service';

/** What the file is in truth, its first bytes say. Windows names a CSV file as Excel's where Excel is installed. */
export const UPLOAD_TYPES = [
  'text/csv',
  'text/tab-separated-values',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.ms-excel',
];

/** Hands a file to its route unread. Only the imports' route takes one. */
export function acceptUploads(server: FastifyInstance): void {
  server.addContentTypeParser(UPLOAD_TYPES, (request, payload, done) => {
    if (request.routeOptions.config.mediaTypes === UPLOAD_TYPES) done(null, payload);
    else done(wrongType());
  });
}

/** A body that has not been read. */
export interface Upload {
  stream: Readable;
  /** In bytes, where the sender says so. */
  length: number | undefined;
}

/** @throws Problem `unsupported-media-type` where the body is not a file, or compressed */
export const UploadBody = createParamDecorator((_: unknown, execution: ExecutionContext): Upload => {
  const request = execution.switchToHttp().getRequest<FastifyRequest>();
  const { 'content-length': length, 'content-encoding': encoding = 'identity' } = request.headers;
  if (request.body !== request.raw || encoding !== 'identity') throw wrongType(UPLOAD_TYPES);
  return { stream: request.raw, length: length === undefined ? undefined : Number(length) };
});
