import type { Refusal } from '../rules/refusal.ts';
import type { TimeLimits } from './limits.ts';

/** How far a request has come, as far as time limits are concerned. */
export interface Progress {
  readonly phase: 'connecting' | 'uploading' | 'awaiting' | 'responding' | 'flushing' | 'untimed';
  readonly startedAt: number;
  /** When a byte last moved, or the phase began. */
  readonly movedAt: number;
  /** The next byte must come from, or be taken by, the client; else by the upstream. */
  readonly waitsForClient: boolean;
}

export interface Timeout extends Refusal {
  /** Counts as a failure of the upstream. */
  readonly isUpstreamFailure: boolean;
}

const upstreamTimeout = (reason: string, detail: string): Timeout => ({
  kind: 'gateway-timeout',
  detail,
  reason,
  isUpstreamFailure: true,
});

const REQUEST_TIMEOUT: Timeout = {
  ...upstreamTimeout('request-timeout', 'The request took longer than the limit for a whole request.'),
  isUpstreamFailure: false,
};
const CONNECT_TIMEOUT = upstreamTimeout(
  'connect-timeout',
  'The service did not accept a connection in time. Nothing was done.',
);
const FIRST_BYTE_TIMEOUT = upstreamTimeout('first-byte-timeout', 'The service did not begin its response in time.');
const UPLOAD_TIMEOUT = upstreamTimeout('upload-timeout', 'The service stopped reading the request body.');
const RESPONSE_TIMEOUT = upstreamTimeout('idle-response', 'The service stopped in the middle of its response.');
const SLOW_READER: Timeout = { ...RESPONSE_TIMEOUT, reason: 'slow-reader', isUpstreamFailure: false };
const SLOW_BODY: Timeout = {
  kind: 'request-timeout',
  detail: 'The request body stopped arriving. Send the whole request again.',
  reason: 'slow-body',
  isUpstreamFailure: false,
};

/** Which time limit a request has exceeded, if any. */
export function checkTimeouts(progress: Progress, now: number, limits: TimeLimits): Timeout | undefined {
  if (now - progress.startedAt > limits.requestMs) return REQUEST_TIMEOUT;
  const idleMs = now - progress.movedAt;
  switch (progress.phase) {
    case 'connecting':
      return idleMs > limits.connectMs ? CONNECT_TIMEOUT : undefined;
    case 'uploading':
      if (idleMs <= limits.idleBodyMs) return undefined;
      return progress.waitsForClient ? SLOW_BODY : UPLOAD_TIMEOUT;
    case 'awaiting':
      return idleMs > limits.firstByteMs ? FIRST_BYTE_TIMEOUT : undefined;
    case 'responding':
      if (idleMs <= limits.idleBodyMs) return undefined;
      return progress.waitsForClient ? SLOW_READER : RESPONSE_TIMEOUT;
    case 'flushing':
      return idleMs > limits.idleBodyMs ? SLOW_READER : undefined;
    case 'untimed':
      return undefined;
  }
}
