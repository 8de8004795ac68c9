import { createRequire } from 'node:module';
import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import { activeSpan, logFieldsOf } from '../tracing/tracing.ts';
import { bufferedDestination } from './buffered-destination.ts';

/** The message of the one line that each request leaves. */
export const REQUEST_SERVED = 'request';

export interface LoggerOptions {
  name: string;
  level: string;
  readable: boolean;
  /** Whether lines that are written while a span is active say which. Default: they do not. */
  traced?: boolean;
}

/** JSON lines on standard output; readable ones during development. Bodies and headers are never logged. */
export function createLogger({ name, level, readable, traced = false }: LoggerOptions): Logger {
  return pino(
    {
      level,
      ...(traced && { mixin: () => logFieldsOf(activeSpan()) }),
      base: { service: name },
      timestamp: stamp,
      formatters: { level: (label) => ({ level: label }) },
    },
    (readable && readableStream()) || bufferedDestination(pino.destination({ sync: true })),
  );
}

let stampedAt = 0;
let stampText = '';

/** The time of a line as RFC 3339; under load many lines share a millisecond. */
function stamp(): string {
  const now = Date.now();
  if (now !== stampedAt) stampText = `,"time":"${new Date((stampedAt = now)).toISOString()}"`;
  return stampText;
}

function readableStream(): DestinationStream | undefined {
  try {
    const pretty = createRequire(import.meta.filename)('pino-pretty') as (options: object) => DestinationStream;
    return pretty({
      ignore: 'pid,hostname,service,requestId,traceparent,trace_id,span_id,method,path,status,ms',
      translateTime: 'SYS:HH:MM:ss',
      messageFormat: readableMessage,
      singleLine: true,
      sync: true,
    });
  } catch {
    return undefined; // Not installed: a production image.
  }
}

/** A request in one short line; anything else as it is. */
function readableMessage(line: Record<string, unknown>, messageKey: string): string {
  const { method, path, status, ms } = line;
  const message = String(line[messageKey]);
  return message === REQUEST_SERVED ? [method, path, status, `${String(ms)} ms`].join(' ') : message;
}

/** Nest's logger, on pino. Nest's messages about its own wiring are debug lines. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log = (message: unknown, context?: string) => this.logger.debug({ context }, String(message));
  debug = (message: unknown, context?: string) => this.logger.debug({ context }, String(message));
  verbose = (message: unknown, context?: string) => this.logger.trace({ context }, String(message));
  warn = (message: unknown, context?: string) => this.logger.warn({ context }, String(message));
  error = (message: unknown, stack?: string, context?: string) =>
    this.logger.error({ context, stack }, String(message));
  fatal = (message: unknown, stack?: string, context?: string) =>
    this.logger.fatal({ context, stack }, String(message));
}
