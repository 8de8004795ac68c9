import { Injectable } from '@nestjs/common';
import type { Session } from '#contracts';
import { Problem } from '#service';
import { Clock } from '../clock.ts';
import { InventoryApi, type ClientHeaders } from '../inventory/inventory-api.ts';

/** How long a result is kept for requests that the browser sent before it had the new tokens. */
const KEPT_MS = 10_000;
const MOST_KEPT = 10_000;

interface Refresh {
  outcome: Promise<Session | undefined>;
  /** Milliseconds since 1970; none while it is under way. */
  until?: number;
}

/**
 * Changes refresh tokens into new tokens: once for all requests that bring the same one. Another gateway task may do so in
 * the same moment; the API then gives both the same next token.
 */
@Injectable()
export class TokenRefresh {
  private readonly known = new Map<string, Refresh>();

  constructor(
    private readonly api: InventoryApi,
    private readonly clock: Clock,
  ) {}

  /**
   * The new tokens; undefined where the session is over.
   * @throws Problem `unavailable` where the API cannot be asked
   */
  refresh(refreshToken: string, headers: ClientHeaders): Promise<Session | undefined> {
    this.forgetOld();
    const known = this.known.get(refreshToken);
    if (known) return known.outcome;
    const started: Refresh = { outcome: this.ask(refreshToken, headers) };
    this.known.set(refreshToken, started);
    started.outcome.then(
      () => (started.until = this.clock.now() + KEPT_MS),
      () => this.known.delete(refreshToken),
    );
    return started.outcome;
  }

  private async ask(refreshToken: string, headers: ClientHeaders): Promise<Session | undefined> {
    try {
      return await this.api.refresh(refreshToken, headers);
    } catch (error) {
      if (error instanceof Problem && error.status < 500 && error.kind !== 'too-many-requests') return undefined;
      throw error;
    }
  }

  /** The oldest come first. */
  private forgetOld(): void {
    const now = this.clock.now();
    for (const [token, { until }] of this.known) {
      const isOver = until !== undefined && until <= now;
      if (!isOver && this.known.size < MOST_KEPT) return;
      this.known.delete(token);
    }
  }
}
