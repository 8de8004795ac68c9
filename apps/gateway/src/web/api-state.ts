import { Injectable } from '@nestjs/common';
import { InventoryApi } from '../inventory/inventory-api.ts';

/** How the API is, seen from here. */
export type ApiState =
  | { kind: 'up'; latencyMs: number; version: string }
  /** It answers, but something that it needs does not. */
  | { kind: 'impaired'; latencyMs: number; version: string; missing: string[] }
  | { kind: 'away' };

/** How old an answer may be, in milliseconds: many visitors must not become many questions. */
const KEPT_MS = 1_000;

@Injectable()
export class ApiStates {
  private latest?: Promise<ApiState>;

  constructor(private readonly api: InventoryApi) {}

  current(): Promise<ApiState> {
    if (this.latest) return this.latest;
    this.latest = this.ask();
    setTimeout(() => delete this.latest, KEPT_MS).unref();
    return this.latest;
  }

  private async ask(): Promise<ApiState> {
    const start = performance.now();
    try {
      const [[health, latencyMs], { version }] = await Promise.all([
        this.api.health().then((report) => [report, Math.round(performance.now() - start)] as const),
        this.api.version(),
      ]);
      const missing = Object.keys(health.details).filter((name) => health.details[name]!.status !== 'up');
      return missing.length > 0
        ? { kind: 'impaired', latencyMs, version, missing }
        : { kind: 'up', latencyMs, version };
    } catch {
      return { kind: 'away' };
    }
  }
}
