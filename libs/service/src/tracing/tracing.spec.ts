import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { type OtlpReceiver, startOtlpReceiver } from '../../../../test/support/otlp-receiver.ts';
import { pick } from '../../../../test/support/pick.ts';
import { until } from '../../../../test/support/until.ts';
import { detached, endSpan, inSpan, isRecording, startSpan, startTracing, traceHeaders } from './tracing.ts';

const SPANS_OF_A_BATCH = 10;
const MAX_WAITING = 50;

let collector: OtlpReceiver;
let respond: (response: ServerResponse) => void;
let stop: () => Promise<void>;
const log: string[] = [];

beforeAll(async () => {
  collector = await startOtlpReceiver((response) => respond(response));
  Object.assign(process.env, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: String(SPANS_OF_A_BATCH),
    OTEL_BSP_MAX_QUEUE_SIZE: String(MAX_WAITING),
    OTEL_BSP_SCHEDULE_DELAY: '1',
  });
  stop = await startTracing('test', pino({ base: null }, { write: (line: string) => void log.push(line) }));
});
afterAll(() => collector.close());

const record = (count: number) => {
  for (let n = 0; n < count; n++) endSpan(startSpan(`span ${n}`, {})!);
};

it('gives work a span that says what kind of failure it ended in, not its message', async () => {
  respond = (response) => void response.writeHead(200).end();
  const failure = Object.assign(new Error('Key (sku)=(HIDDEN) already exists.'), { code: '23505' });
  const work = inSpan('outer', {}, async (outer) => {
    expect(isRecording()).toBe(true);
    expect(traceHeaders(outer!).traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(detached(() => isRecording())).toBe(false);
    return inSpan('inner', {}, () => Promise.reject(failure));
  });
  await expect(work).rejects.toBe(failure);
  const [inner, outer] = await until('both are sent', () => collector.spans.length === 2 && collector.spans);
  expect(pick(inner!, 'name', 'attributes', 'isError')).toEqual({
    name: 'inner',
    attributes: { 'error.type': '23505' },
    isError: true,
  });
  expect(inner!.parentId).toBe(outer!.spanId);
  expect(collector.bytes().includes('HIDDEN')).toBe(false);
});

it('mentions a collector that refuses what it gets once in a while, and goes on', async () => {
  respond = (response) => void response.writeHead(400).end('a secret of the collector'.repeat(100));
  for (let refused = 0; refused < 5; refused++) {
    const before = collector.requests();
    record(SPANS_OF_A_BATCH);
    await until('it is refused', () => collector.requests() > before);
  }
  respond = (response) => void response.writeHead(200).end();
  await until('it is sent again', () => {
    record(1);
    return collector.spans.some(({ name }) => name === 'span 0') && collector.requests() > 6;
  });
  expect(log.map((line) => JSON.parse(line))).toEqual([
    { level: 40, time: expect.any(Number), msg: 'Traces are not sent: Bad Request' },
  ]);
});

it('keeps a bounded number of spans for a collector that does not respond, and ends without it', async () => {
  const taken = collector.spans.length;
  respond = () => undefined;
  record(10_000);
  await stop();
  expect(collector.spans.length - taken).toBeLessThanOrEqual(MAX_WAITING + SPANS_OF_A_BATCH);
});
