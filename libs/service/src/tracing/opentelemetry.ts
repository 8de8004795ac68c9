import { hostname } from 'node:os';
import * as api from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { getNumberFromEnv, setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type BatchSpanProcessorOptions, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import { VERSION } from '../settings/version.ts';
import { samplerOfEnvironment } from './sampler.ts';

export { api };

/** What is not sent by then, at the end of the process, is lost. */
const FLUSH_MS = 3_000;
/** A collector that takes nothing is mentioned no more often. */
const WARNING_INTERVAL_MS = 60_000;
const MAX_WARNING = 300;
/** A path may have 16 KiB, and some thousand spans may wait for the collector. */
const MAX_VALUE_LENGTH = 1_024;
/** As many requests as share a batch of the ledger. */
const MAX_LINKS = 512;

/**
 * Sends spans by OTLP over HTTP (protobuf), in batches, beside the work of the process. Those that the collector does not
 * take soon enough are dropped, so that a bounded number of them (`OTEL_BSP_MAX_QUEUE_SIZE`) is in memory.
 * @returns sends those that wait, for 3 s at most; never throws
 */
export function startExport(service: string, logger: Logger): () => Promise<void> {
  const warn = warningsTo(logger);
  const onError = (error: string | { message?: string }) =>
    warn(`Traces are not sent: ${typeof error === 'string' ? error : error.message}`);
  setGlobalErrorHandler(onError);
  api.diag.setLogger({ error: warn, warn, info: nothing, debug: nothing, verbose: nothing }, api.DiagLogLevel.WARN);
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(
        resourceFromAttributes({
          'service.name': `stockroom-${service}`,
          'service.version': VERSION,
          'service.instance.id': hostname(),
        }),
      )
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOfEnvironment(),
    spanLimits: {
      attributeValueLengthLimit: getNumberFromEnv('OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT') ?? MAX_VALUE_LENGTH,
      linkCountLimit: getNumberFromEnv('OTEL_SPAN_LINK_COUNT_LIMIT') ?? MAX_LINKS,
    },
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), ...batchesOfEnvironment() })],
  });
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  api.propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  api.trace.setGlobalTracerProvider(provider);
  return () => {
    const end = provider.shutdown().catch(onError);
    return Promise.race([end, new Promise<void>((resolve) => setTimeout(resolve, FLUSH_MS))]);
  };
}

/** The SDK itself reads no variables; what is not set has its default. */
function batchesOfEnvironment(): Omit<BatchSpanProcessorOptions, 'exporter'> {
  const numbers = {
    maxQueueSize: getNumberFromEnv('OTEL_BSP_MAX_QUEUE_SIZE'),
    maxExportBatchSize: getNumberFromEnv('OTEL_BSP_MAX_EXPORT_BATCH_SIZE'),
    scheduledDelayMillis: getNumberFromEnv('OTEL_BSP_SCHEDULE_DELAY'),
    exportTimeoutMillis: getNumberFromEnv('OTEL_BSP_EXPORT_TIMEOUT'),
  };
  return Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined && value > 0));
}

/** One warning in a while: while the collector is unreachable, each batch would give one. */
function warningsTo(logger: Logger): (message: string) => void {
  let lastAt = -Infinity;
  return (message) => {
    if (performance.now() - lastAt < WARNING_INTERVAL_MS) return;
    lastAt = performance.now();
    logger.warn(message.slice(0, MAX_WARNING));
  };
}

const nothing = () => undefined;
