import { createRequire } from 'node:module';
import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';

/** JSON lines on standard output; readable ones where a person looks on during development. Secrets never reach it. */
export function createLogger({ name, level, readable }: { name: string; level: string; readable: boolean }): Logger {
  return pino(
    {
      name,
      level,
      base: { service: name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: ['req.headers.authorization', 'req.headers.cookie', 'password', 'refreshToken', 'accessToken', 'key'],
    },
    (readable && readableStream()) || pino.destination({ sync: false }),
  );
}

function readableStream(): DestinationStream | undefined {
  try {
    const pretty = createRequire(import.meta.filename)('pino-pretty') as (options: object) => DestinationStream;
    return pretty({
      ignore: 'pid,hostname,service,requestId',
      translateTime: 'SYS:HH:MM:ss',
      singleLine: true,
      sync: true,
    });
  } catch {
    return undefined; // Not installed: a production image.
  }
}

/** Lets Nest speak through pino. What Nest says about its own wiring is worth a debug line. */
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
