import { describe, expect, it } from '@jest/globals';
import type { Deployment } from '../../rehearsal/scheduler/model.ts';
import { boundsOf, failureThreshold, planService } from '../../rehearsal/scheduler/rollout.ts';
import { service, task } from './objects.ts';

const LATER = 1_000_000;
const second: Deployment = {
  id: 'ecs-svc/2',
  status: 'PRIMARY',
  taskDefinition: 'api:2',
  createdAt: 0,
  failedTasks: 0,
  rolloutState: 'IN_PROGRESS',
  rolloutStateReason: '',
};
/** The second deployment is under way. */
const rolling = (change: Partial<Deployment> = {}, more = {}) => {
  const [first] = service().deployments;
  return service({
    deployments: [
      { ...second, ...change },
      { ...first!, status: 'ACTIVE' },
    ],
    ...more,
  });
};
const old = () => task();
const fresh = (change = {}) => task({ startedBy: 'ecs-svc/2', ...change });
const doing = (actions: ReturnType<typeof planService>) =>
  actions.map((action) => (action.do === 'start' ? `start ${action.count}` : action.do));

describe('the scheduler of a service', () => {
  it('starts what is missing', () => {
    expect(doing(planService(service(), [task()], LATER))).toEqual(['start 1']);
  });

  it('does nothing where everything is as it should be', () => {
    expect(planService(service(), [task(), task()], LATER)).toEqual([]);
  });

  it('starts new tasks beside the old ones, up to the maximum', () => {
    expect(doing(planService(rolling(), [old(), old()], LATER))).toEqual(['start 2']);
    expect(doing(planService(rolling({}, { maximumPercent: 150 }), [old(), old()], LATER))).toEqual(['start 1']);
  });

  it('stops an old task only when a new one is healthy in its place', () => {
    const starting = fresh({ targetHealth: 'initial' });
    expect(doing(planService(rolling(), [old(), old(), starting, fresh()], LATER))).toEqual(['stop']);
    expect(doing(planService(rolling(), [old(), old(), starting, fresh({ healthStatus: 'UNKNOWN' })], LATER))).toEqual(
      [],
    );
  });

  it('keeps the places of tasks that are being stopped', () => {
    const stopping = task({ desiredStatus: 'STOPPED', lastStatus: 'STOPPING' });
    const state = rolling({}, { maximumPercent: 100, minimumHealthyPercent: 50 });
    expect(doing(planService(state, [stopping, old()], LATER))).toEqual([]);
  });

  it('completes when all are new and healthy, and no old one is left', () => {
    expect(doing(planService(rolling(), [fresh(), fresh()], LATER))).toEqual(['complete']);
    const stopping = task({ desiredStatus: 'STOPPED', lastStatus: 'STOPPING' });
    expect(doing(planService(rolling(), [fresh(), fresh(), stopping], LATER))).toEqual([]);
  });

  it('replaces a task whose container check fails, at once', () => {
    const actions = planService(service(), [task(), task({ healthStatus: 'UNHEALTHY' })], LATER);
    expect(doing(actions)).toEqual(['stop', 'start 1']);
    expect(actions[0]).toMatchObject({ reason: 'Task failed container health checks' });
  });

  it('lets a target group’s check count after the grace period only', () => {
    const unhealthy = task({ targetHealth: 'unhealthy', startedAt: 0 });
    expect(planService(service(), [task(), unhealthy], 29_000)).toEqual([]);
    expect(doing(planService(service(), [task(), unhealthy], 31_000))).toEqual(['stop', 'start 1']);
  });

  it('fails a deployment at the threshold, and rolls back to the last that was completed, whose tasks stay', () => {
    expect(doing(planService(rolling({ failedTasks: 2 }), [old(), old()], LATER))).toEqual(['start 2']);
    const [failed, first] = rolling({ failedTasks: 3 }).deployments;
    const asked = rolling({ failedTasks: 3 });
    expect(planService(asked, [old(), old()], LATER)).toEqual([{ do: 'fail', deployment: failed, rollBackTo: first }]);
    const rolledBack = service({
      deployments: [
        { ...first!, status: 'PRIMARY', rolloutState: 'IN_PROGRESS' },
        { ...failed!, status: 'ACTIVE', rolloutState: 'FAILED' },
      ],
    });
    const actions = planService(rolledBack, [old(), old(), fresh({ targetHealth: 'initial' })], LATER);
    expect(doing(actions)).toEqual(['stop']);
    expect(actions[0]).toMatchObject({ task: { startedBy: failed!.id } });
    expect(doing(planService(rolledBack, [old(), old()], LATER))).toEqual(['complete']);
  });

  it('leaves a first deployment that failed as it is', () => {
    const first = { ...second, failedTasks: 3 };
    const state = service({ deployments: [first] });
    expect(planService(state, [], LATER)).toEqual([{ do: 'fail', deployment: first }]);
    const failed = service({ deployments: [{ ...first, rolloutState: 'FAILED' }] });
    expect(planService(failed, [], LATER)).toEqual([]);
  });

  it('stops everything of a service that is deleted', () => {
    expect(doing(planService(service({ status: 'DRAINING' }), [task(), task()], LATER))).toEqual(['stop', 'stop']);
  });

  it('stops what is too many after scaling in', () => {
    expect(doing(planService(service({ desiredCount: 1 }), [task(), task()], LATER))).toEqual(['stop']);
  });
});

describe('the arithmetic of a deployment', () => {
  it.each([
    [1, 3],
    [6, 3],
    [7, 4],
    [25, 13],
    [1000, 200],
  ])('opens the circuit breaker of %i tasks after %i failures', (desired, failures) => {
    expect(failureThreshold(desired)).toBe(failures);
  });

  it('rounds the minimum up, and the maximum down', () => {
    const bounds = (desiredCount: number, minimumHealthyPercent: number, maximumPercent: number) =>
      boundsOf(service({ desiredCount, minimumHealthyPercent, maximumPercent }));
    expect(bounds(3, 50, 150)).toEqual({ lower: 2, upper: 4 });
    expect(bounds(1, 100, 200)).toEqual({ lower: 1, upper: 2 });
    expect(bounds(1, 0, 100)).toEqual({ lower: 0, upper: 1 });
  });
});
