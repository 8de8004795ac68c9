import { request } from 'node:http';

/** How a target group checks its targets. */
export interface HealthCheck {
  path: string;
  /** Such as `200`, `200,202` or `200-299`. */
  matcher: string;
  intervalSeconds: number;
  timeoutSeconds: number;
  healthyThreshold: number;
  unhealthyThreshold: number;
}

/** Reason codes of the Elastic Load Balancing API reference, TargetHealth. */
export type CheckResult = 'passed' | 'Target.ResponseCodeMismatch' | 'Target.Timeout' | 'Target.FailedHealthChecks';

export interface TargetHealth {
  state: 'initial' | 'healthy' | 'unhealthy';
  reason?: string;
  /** Checks in a row that had the same result. */
  inARow: number;
  last?: CheckResult;
}

export const unchecked = (): TargetHealth => ({ state: 'initial', reason: 'Elb.InitialHealthChecking', inARow: 0 });

/**
 * A new target is healthy after one check that passes; the thresholds count from then on.
 * Source: Elastic Load Balancing user guide, "Health checks for Application Load Balancer target groups".
 */
export function afterCheck(before: TargetHealth, result: CheckResult, check: HealthCheck): TargetHealth {
  const hasPassed = result === 'passed';
  const isSame = before.last !== undefined && hasPassed === (before.last === 'passed');
  const inARow = isSame ? before.inARow + 1 : 1;
  const kept = { ...before, inARow, last: result };
  if (hasPassed) {
    const isEnough = before.state !== 'unhealthy' || inARow >= check.healthyThreshold;
    return isEnough ? { state: 'healthy', inARow, last: result } : kept;
  }
  return inARow >= check.unhealthyThreshold ? { state: 'unhealthy', reason: result, inARow, last: result } : kept;
}

export const matches = (matcher: string, status: number): boolean =>
  matcher.split(',').some((part) => {
    const [from, to = from] = part.split('-').map(Number);
    return status >= from! && status <= to!;
  });

/** One check, on a connection of its own. */
export function checkTarget({ address, port }: { address: string; port: number }, check: HealthCheck) {
  return new Promise<CheckResult>((done) => {
    const headers = { 'user-agent': 'ELB-HealthChecker/2.0', connection: 'close' };
    const asked = request({ host: address, port, path: check.path, agent: false, headers }, (response) => {
      response.resume();
      done(matches(check.matcher, response.statusCode!) ? 'passed' : 'Target.ResponseCodeMismatch');
    });
    asked.setTimeout(check.timeoutSeconds * 1000, () => {
      done('Target.Timeout');
      asked.destroy();
    });
    asked.on('error', () => done('Target.FailedHealthChecks')).end();
  });
}
