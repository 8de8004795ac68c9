import { contextOf, endSpan, type Span, spanOf, startSpan } from '#service';
import type { ForwardedRequest, RequestRecord } from './forwarded-request.ts';

/** The exchange with the upstream, from the first attempt on. Undefined where nothing is traced. */
export const startExchangeSpan = ({ request }: ForwardedRequest): Span | undefined =>
  startSpan(request.method, {
    kind: 'client',
    parent: contextOf(spanOf(request)),
    attributes: { 'http.request.method': request.method },
  });

export function endExchangeSpan(span: Span, { status, refusal, retries }: RequestRecord): void {
  if (retries > 0) span.setAttribute('http.request.resend_count', retries);
  if (!refusal) span.setAttribute('http.response.status_code', status);
  endSpan(span, refusal ?? (status >= 400 ? String(status) : undefined));
}
