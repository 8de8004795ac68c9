import { expect, it } from '@jest/globals';
import type { Service, Task } from '../../rehearsal/scheduler/model.ts';
import { Scheduler } from '../../rehearsal/scheduler/scheduler.ts';
import { definition, instance, service } from './objects.ts';

/** A cluster of one instance, whose tasks are what the test makes of them. */
function cluster() {
  const scheduler = new Scheduler({ start: () => undefined, stop: () => undefined });
  scheduler.instances.push(instance('a'));
  return scheduler;
}
/** A service of `api:1`, whose first deployment has begun. */
function created(scheduler: Scheduler, change: Partial<Service> = {}): Service {
  return scheduler.createService(service(change), definition().arn);
}
const runs = (task: Task) =>
  Object.assign(task, { lastStatus: 'RUNNING', healthStatus: 'HEALTHY', targetHealth: 'healthy', startedAt: 0 });
const ends = (task: Task) => Object.assign(task, { lastStatus: 'STOPPED', stoppedAt: Date.now(), exitCode: 1 });
const said = ({ events }: Service) => events.map(({ message }) => message);

it('a service whose tasks no instance has room for says so, does not become steady, and goes on once there is room', () => {
  const scheduler = cluster();
  scheduler.registerTaskDefinition(definition({}, { memoryReservation: 500 }));
  const api = created(scheduler);
  scheduler.tick();
  scheduler.tasks.forEach(runs);
  scheduler.tick();
  expect(said(api)[0]).toBe(
    '(service api) was unable to place a task because no container instance met all of its requirements. The closest matching container-instance a has insufficient memory available.',
  );
  expect([scheduler.tasks.length, api.deployments[0]!.rolloutState]).toEqual([1, 'IN_PROGRESS']);
  scheduler.instances.push(instance('b'));
  scheduler.tick();
  scheduler.tasks.forEach(runs);
  scheduler.tick();
  expect([scheduler.tasks.length, api.deployments[0]!.rolloutState]).toEqual([2, 'COMPLETED']);
  expect(said(api)[0]).toBe('(service api) has reached a steady state.');
});

it('a first deployment whose tasks fail stays FAILED, and only a new deployment starts tasks again', () => {
  const scheduler = cluster();
  scheduler.registerTaskDefinition(definition());
  const api = created(scheduler);
  for (let round = 0; round < 3; round++) {
    scheduler.tick();
    scheduler.tasks.forEach(ends);
  }
  scheduler.tick();
  const started = scheduler.tasks.length;
  for (let round = 0; round < 3; round++) scheduler.tick();
  expect(api.deployments).toEqual([expect.objectContaining({ status: 'PRIMARY', rolloutState: 'FAILED' })]);
  expect(said(api)[0]).toBe(
    `(service api) (deployment ${api.deployments[0]!.id}) deployment failed: tasks failed to start.`,
  );
  expect(scheduler.tasks.length).toBe(started);
  scheduler.deploy(api, definition().arn);
  scheduler.tick();
  expect(scheduler.tasks.length).toBe(started + 2);
});

it('counts the failed tasks of a deployment anew once one of its tasks is healthy', () => {
  const scheduler = cluster();
  scheduler.registerTaskDefinition(definition());
  const api = created(scheduler, { desiredCount: 1 });
  for (let round = 0; round < 2; round++) {
    scheduler.tick();
    scheduler.tasks.forEach(ends);
  }
  scheduler.tick();
  expect(api.deployments[0]!.failedTasks).toBe(2);
  scheduler.tasks.filter(({ lastStatus }) => lastStatus !== 'STOPPED').forEach(runs);
  scheduler.tick();
  expect(api.deployments).toEqual([expect.objectContaining({ failedTasks: 0, rolloutState: 'COMPLETED' })]);
});

it('a failed deployment goes back to the one before it, which is PRIMARY again with the tasks that it has', () => {
  const scheduler = cluster();
  const next = 'arn:aws:ecs:us-east-1:123456789012:task-definition/api:2';
  scheduler.registerTaskDefinition(definition());
  scheduler.registerTaskDefinition(definition({ arn: next }));
  const api = created(scheduler);
  scheduler.tick();
  const old = [...scheduler.tasks];
  old.forEach(runs);
  scheduler.tick();
  const [first] = api.deployments;
  scheduler.deploy(api, next);
  const failed = api.deployments[0]!;
  for (let round = 0; round < 2; round++) {
    scheduler.tick();
    scheduler.tasks.filter((task) => !old.includes(task)).forEach(ends);
  }
  scheduler.tick();
  expect(api.deployments).toEqual([first, failed]);
  expect([first!.status, first!.rolloutState, failed.status, failed.rolloutState]).toEqual(['PRIMARY', 'IN_PROGRESS', 'ACTIVE', 'FAILED']); // prettier-ignore
  expect(said(api)[0]).toBe(`(service api) rolling back to deployment ${first!.id}.`);
  scheduler.tick();
  expect(api.deployments).toEqual([expect.objectContaining({ id: first!.id, rolloutState: 'COMPLETED' })]);
  expect(old.map(({ desiredStatus }) => desiredStatus)).toEqual(['RUNNING', 'RUNNING']);
});
