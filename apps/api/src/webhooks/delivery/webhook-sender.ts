import { Injectable } from '@nestjs/common';
import { endSpan, startSpan } from '#service';
import { type RequestResult, WebhookClient } from '../request/webhook-client.ts';
import { signedHeaders } from '../request/signature.ts';
import { UnreadableSecret, WebhookSecrets } from '../webhook-secrets.ts';
import type { WebhookTarget } from './lease.repository.ts';

/** Sends one signed event to a webhook. */
@Injectable()
export class WebhookSender {
  constructor(
    private readonly client: WebhookClient,
    private readonly secrets: WebhookSecrets,
  ) {}

  /** @param id the `webhook-id`, the same at each attempt. @param stop aborts it; the result is then of no meaning */
  send(webhook: WebhookTarget, id: string, json: string, stop: AbortSignal): Promise<RequestResult> {
    let secrets: string[];
    try {
      secrets = this.secrets.read(webhook);
    } catch (error) {
      if (!(error instanceof UnreadableSecret)) throw error;
      return Promise.resolve(notSent(error.message));
    }
    return this.post(webhook, id, signedHeaders(secrets, id, json), json, stop);
  }

  /** Neither the path nor the query of the URL is in the span: receivers have secrets there. */
  private async post(
    webhook: WebhookTarget,
    id: string,
    headers: Record<string, string>,
    json: string,
    stop: AbortSignal,
  ): Promise<RequestResult> {
    const span = startSpan('webhook delivery', {
      kind: 'client',
      attributes: {
        'http.request.method': 'POST',
        'server.address': new URL(webhook.url).hostname,
        'stockroom.webhook.id': webhook.id,
        'stockroom.event.id': id,
      },
    });
    const result = await this.client.post(webhook.url, headers, json, stop);
    if (!span) return result;
    const { status, isDelivered } = result;
    if (status !== null) span.setAttribute('http.response.status_code', status);
    endSpan(span, isDelivered ? undefined : String(status ?? 'no-response'));
    return result;
  }
}

export const notSent = (reason: string): RequestResult => ({
  isDelivered: false,
  status: null,
  reason,
  durationMs: 0,
  retryAfter: undefined,
});
