import { describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  afterCheck,
  type CheckResult,
  checkTarget,
  type HealthCheck,
  matches,
  unchecked,
} from '../../rehearsal/load-balancer/target-health.ts';

const check: HealthCheck = {
  path: '/health/ready',
  matcher: '200',
  intervalSeconds: 5,
  timeoutSeconds: 1,
  healthyThreshold: 2,
  unhealthyThreshold: 3,
};
const after = (...results: CheckResult[]) =>
  results.reduce((health, result) => afterCheck(health, result, check), unchecked()).state;

describe('the health of a target', () => {
  it.each<[string, CheckResult[]]>([
    ['initial', []],
    ['healthy', ['passed']],
    ['initial', ['Target.Timeout', 'Target.Timeout']],
    ['unhealthy', ['Target.Timeout', 'Target.FailedHealthChecks', 'Target.ResponseCodeMismatch']],
    ['healthy', ['passed', 'Target.Timeout', 'Target.Timeout', 'passed', 'Target.Timeout', 'Target.Timeout']],
    ['unhealthy', ['Target.Timeout', 'Target.Timeout', 'Target.Timeout', 'passed']],
    ['healthy', ['Target.Timeout', 'Target.Timeout', 'Target.Timeout', 'passed', 'passed']],
  ])('is %s after the checks %j', (state, results) => {
    expect(after(...results)).toBe(state);
  });

  it('gives the reason of the last check', () => {
    const failed: CheckResult[] = ['Target.Timeout', 'Target.Timeout', 'Target.ResponseCodeMismatch'];
    expect(failed.reduce((health, result) => afterCheck(health, result, check), unchecked())).toMatchObject({
      state: 'unhealthy',
      reason: 'Target.ResponseCodeMismatch',
    });
  });

  it.each([
    ['200', 200, true],
    ['200', 204, false],
    ['200,302', 302, true],
    ['200-299', 299, true],
    ['200-299', 300, false],
  ])('matches %s with status %i: %s', (matcher, status, expected) => {
    expect(matches(matcher, status)).toBe(expected);
  });

  it('checks the configured path and matcher, and tells a wrong status, a refused connection and silence apart', async () => {
    const server = createServer((request, response) => {
      if (request.url !== '/silent') response.writeHead(request.url === '/health/ready' ? 200 : 404).end();
    });
    const target = await listen(server);
    const results = {
      ready: await checkTarget(target, check),
      'wrong path': await checkTarget(target, { ...check, path: '/' }),
      'wrong matcher': await checkTarget(target, { ...check, matcher: '204' }),
      silent: await checkTarget(target, { ...check, path: '/silent' }),
    };
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    expect({ ...results, closed: await checkTarget(target, check) }).toEqual({
      ready: 'passed',
      'wrong path': 'Target.ResponseCodeMismatch',
      'wrong matcher': 'Target.ResponseCodeMismatch',
      silent: 'Target.Timeout',
      closed: 'Target.FailedHealthChecks',
    });
  });
});

async function listen(server: Server): Promise<{ address: string; port: number }> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { address: '127.0.0.1', port: (server.address() as AddressInfo).port };
}
