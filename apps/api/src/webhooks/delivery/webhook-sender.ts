import { Injectable } from '@nestjs/common';
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
    return this.client.post(webhook.url, signedHeaders(secrets, id, json), json, stop);
  }
}

export const notSent = (reason: string): RequestResult => ({
  isDelivered: false,
  status: null,
  reason,
  durationMs: 0,
  retryAfter: undefined,
});
