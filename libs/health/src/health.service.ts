import { Inject, Injectable, Logger } from '@nestjs/common';
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
  private readonly logger = new Logger('health');
  private running: Promise<HealthCheckResult> | undefined;

  constructor(
    private readonly terminus: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Inject(DEPENDENCIES) private readonly dependencies: Dependency[],
  ) {}

  /**
   * Asks every dependency; requests at the same time share one check, so that a flood of them costs the dependencies nothing.
   * Rejects with Terminus's 503, with the same body, where one is unreachable.
   */
  deep(): Promise<HealthCheckResult> {
    return (this.running ??= this.terminus
      .check(this.dependencies.map((dependency) => () => this.indicate(dependency)))
      .finally(() => (this.running = undefined)));
  }

  /** Terminus turns an indicator that throws into a 500, so that a failed check is `down`. Its cause goes to the log only. */
  private async indicate(dependency: Dependency): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(dependency.name);
    const start = performance.now();
    const latencyMs = () => Math.round(performance.now() - start);
    try {
      await dependency.check();
      return indicator.up({ latencyMs: latencyMs() });
    } catch (error) {
      this.logger.warn(`${dependency.name} is down: ${causeOf(error)}`);
      return indicator.down({ latencyMs: latencyMs() });
    }
  }
}

/** The error that the dependency's client threw, where one of ours wraps it. */
function causeOf(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  const { code, message } = cause as NodeJS.ErrnoException;
  return message || code || String(cause);
}
