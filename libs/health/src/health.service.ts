import { Inject, Injectable } from '@nestjs/common';
import {
  HealthCheckService,
  type HealthCheckResult,
  type HealthIndicatorResult,
  HealthIndicatorService,
} from '@nestjs/terminus';

export const DEPENDENCIES = Symbol('DEPENDENCIES');

/** Something a service needs. `check` resolves when it is there and rejects when it is not. */
export interface Dependency {
  readonly name: string;
  check(): Promise<void>;
}

@Injectable()
export class HealthService {
  constructor(
    private readonly terminus: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Inject(DEPENDENCIES) private readonly dependencies: Dependency[],
  ) {}

  /** Asks every dependency. Rejects with Terminus's 503, with the same body, where one is away. */
  deep(): Promise<HealthCheckResult> {
    return this.terminus.check(this.dependencies.map((dependency) => () => this.indicate(dependency)));
  }

  /** An indicator that throws would be a 500 of our own: away is an answer, not an error. What went wrong stays in the house. */
  private async indicate(dependency: Dependency): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(dependency.name);
    const start = performance.now();
    const latencyMs = () => Math.round(performance.now() - start);
    try {
      await dependency.check();
      return indicator.up({ latencyMs: latencyMs() });
    } catch {
      return indicator.down({ latencyMs: latencyMs() });
    }
  }
}
