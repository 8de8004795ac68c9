import type { Limits } from '../options.ts';
import type { Refusal } from '../refusal.ts';
import type { Upload } from './upload.ts';

/** Where a request is on its way. */
export type Phase = 'preparing' | 'connecting' | 'sending' | 'waiting' | 'answering' | 'flushing' | 'done';

export interface Late extends Refusal {
  readonly upstreamFault: boolean;
}

const slowUpstream = (reason: string, detail: string): Late => ({
  kind: 'gateway-timeout',
  detail,
  reason,
  upstreamFault: true,
});

const WHOLE: Late = {
  kind: 'gateway-timeout',
  detail: 'The request took longer than any may.',
  reason: 'request-timeout',
  upstreamFault: false,
};
const UNCONNECTED = slowUpstream(
  'connect-timeout',
  'The service did not accept a connection in time. Nothing was done.',
);
const SILENT = slowUpstream('first-byte-timeout', 'The service did not begin to answer in time.');
const DEAF = slowUpstream('upload-timeout', 'The service stopped reading the body.');
const STALLED = slowUpstream('idle-answer', 'The service stopped in the middle of its answer.');
const SLOW_READER: Late = { ...STALLED, reason: 'slow-reader', upstreamFault: false };
const SLOW_WRITER: Late = {
  kind: 'request-timeout',
  detail: 'The body stopped coming.',
  reason: 'slow-body',
  upstreamFault: false,
};

/** Which limit a request has passed, if any. */
export function lateness(
  {
    phase,
    movedAt,
    startedAt,
    upload,
    held,
  }: { phase: Phase; movedAt: number; startedAt: number; upload: Upload | undefined; held: boolean },
  now: number,
  limits: Limits,
): Late | undefined {
  if (now - startedAt > limits.requestMs) return WHOLE;
  const idleMs = now - movedAt;
  switch (phase) {
    case 'connecting':
      return idleMs > limits.connectMs ? UNCONNECTED : undefined;
    case 'sending':
      if (idleMs <= limits.idleBodyMs) return undefined;
      return upload?.waitsForClient ? SLOW_WRITER : DEAF;
    case 'waiting':
      return idleMs > limits.firstByteMs ? SILENT : undefined;
    case 'answering':
      if (idleMs <= limits.idleBodyMs) return undefined;
      return held ? SLOW_READER : STALLED;
    case 'flushing':
      return idleMs > limits.idleBodyMs ? SLOW_READER : undefined;
    case 'preparing':
    case 'done':
      return undefined;
  }
}
