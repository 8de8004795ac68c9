import type { IncomingHttpHeaders } from 'node:http';
import type * as OpenTelemetry from '@opentelemetry/api';
import type { Attributes, Context, Span, Tracer } from '@opentelemetry/api';
import type { Logger } from 'pino';

export type { Span } from '@opentelemetry/api';

/** Undefined until `startTracing`: then nothing is traced, and each function here costs one comparison. */
let otel: { api: typeof OpenTelemetry; tracer: Tracer } | undefined;

/** What a span says. Never values of a statement or a body, nor messages of errors, which may hold such. */
export interface SpanDescription {
  /** `server`: a request that came; `client`: one to another server. Default: work of this process. */
  kind?: 'server' | 'client';
  attributes?: Attributes;
  /** Default: the active span. */
  parent?: Context | undefined;
  /** Spans that this one does work for as well. */
  links?: Span[];
}

/**
 * Loads OpenTelemetry, which reads its own variables (`OTEL_*`), and traces from now on.
 * @returns sends the spans that were not sent yet, for some seconds at most; never throws
 */
export async function startTracing(service: string, logger: Logger): Promise<() => Promise<void>> {
  const { api, startExport } = await import(/* webpackMode: "lazy" */ './opentelemetry.ts');
  const stop = startExport(service, logger);
  otel = { api, tracer: api.trace.getTracer('stockroom') };
  return stop;
}

export const isTracing = (): boolean => otel !== undefined;

/** Whether there is an active span that is recorded and has not ended. */
export const isRecording = (): boolean => activeSpan()?.isRecording() ?? false;

export const activeSpan = (): Span | undefined => otel?.api.trace.getActiveSpan();

/** Begins a span that its caller ends, or none where nothing is traced. */
export function startSpan(name: string, description: SpanDescription): Span | undefined {
  if (!otel) return undefined;
  const { SpanKind, context } = otel.api;
  const { kind, attributes = {}, parent = context.active(), links = [] } = description;
  const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT };
  const options = { attributes, links: links.map((span) => ({ context: span.spanContext() })) };
  return otel.tracer.startSpan(name, { ...options, kind: kind ? kinds[kind] : SpanKind.INTERNAL }, parent);
}

/** @param errorType what kind of failure it ended in, without values */
export function endSpan(span: Span, errorType?: string): void {
  if (errorType !== undefined && otel)
    span.setAttribute('error.type', errorType).setStatus({ code: otel.api.SpanStatusCode.ERROR });
  span.end();
}

/** Does the work in a span, which is active meanwhile. @param work gets the span where something is traced */
export function inSpan<T>(name: string, description: SpanDescription, work: (span?: Span) => Promise<T>): Promise<T> {
  const span = startSpan(name, description);
  if (!span) return work();
  return withActive(span, () => work(span)).then(
    (result) => {
      endSpan(span);
      return result;
    },
    (error: unknown) => {
      endSpan(span, errorTypeOf(error));
      throw error;
    },
  );
}

/** SQLSTATE, the kind of a problem, or the class of an error: not its message, which may hold values. */
function errorTypeOf(error: unknown): string {
  const { code, kind, name } = error as { code?: string; kind?: string; name?: string };
  return code ?? kind ?? name ?? 'unknown';
}

/** The parent of what belongs to a span; undefined where nothing is traced. */
export const contextOf = (span: Span | undefined): Context | undefined =>
  span && otel?.api.trace.setSpan(otel.api.ROOT_CONTEXT, span);

/** The parent that these header fields name, where they name a valid one (W3C Trace Context), else none. */
export const remoteContext = (headers: IncomingHttpHeaders): Context | undefined =>
  otel?.api.propagation.extract(otel.api.ROOT_CONTEXT, headers);

/** Does the work with this span as the active one. */
export function withActive<T>(span: Span | undefined, work: () => T): T {
  const context = contextOf(span);
  return otel && context ? otel.api.context.with(context, work) : work();
}

/** Begins work that belongs to no request, though one was the first to need it. */
export const detached = <T>(work: () => T): T => (otel ? otel.api.context.with(otel.api.ROOT_CONTEXT, work) : work());

/** What tells the next hop of a span (W3C Trace Context). */
export function traceHeaders(span: Span): { traceparent: string; tracestate: string | undefined } {
  const { traceId, spanId, traceFlags, traceState } = span.spanContext();
  return {
    traceparent: `00-${traceId}-${spanId}-0${traceFlags & 1}`,
    tracestate: traceState?.serialize() || undefined,
  };
}

/** By which a log line is found from its span. */
export const logFieldsOf = (span: Span | undefined): { trace_id?: string; span_id?: string } =>
  span ? { trace_id: span.spanContext().traceId, span_id: span.spanContext().spanId } : {};
