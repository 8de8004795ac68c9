import { describe, expect, it } from '@jest/globals';
import { hasKept, runsOnly } from '../../rehearsal/drills/versions.ts';
import type { Service, Task } from '../../rehearsal/scheduler/model.ts';
import { definition, service, task } from './objects.ts';

const [completed] = service().deployments;
const of = (image: string, change: Partial<Task> = {}) =>
  task({ taskDefinition: definition({}, { image }), ...change });
const scaledOut = service({ desiredCount: 3 });

describe('a service runs one version only', () => {
  it.each<[string, Service, Task[]]>([
    ['as many healthy tasks as it wants', service(), [of('good'), of('good')]],
    ['more of them after it has scaled out', scaledOut, [of('good'), of('good'), of('good')]],
  ])('with %s', (_, wanted, tasks) => {
    expect(runsOnly('good', wanted, tasks)).toBe(true);
  });

  it.each<[string, Service, Task[]]>([
    ['a task of another version serves', service(), [of('good'), of('bad')]],
    ['a task of another version still ends', service(), [of('good'), of('good'), of('bad', { desiredStatus: 'STOPPED' })]], // prettier-ignore
    ['a task of it is not healthy', service(), [of('good'), of('good', { healthStatus: 'UNHEALTHY' })]],
    ['it has scaled out and the new task is not there', scaledOut, [of('good'), of('good')]],
    ['its deployment is under way', service({ deployments: [{ ...completed!, rolloutState: 'IN_PROGRESS' }] }), [of('good'), of('good')]], // prettier-ignore
    ['it rolls back', service({ deployments: [completed!, { ...completed!, rolloutState: 'FAILED' }] }), [of('good'), of('good')]], // prettier-ignore
  ])('not while %s', (_, wanted, tasks) => {
    expect(runsOnly('good', wanted, tasks)).toBe(false);
  });
});

describe('a service has kept its tasks', () => {
  const [first, second, third] = [task(), task(), task()];
  it.each<[string, Service, Task[], Task[], boolean]>([
    ['where all serve on', service(), [first, second], [first, second], true],
    ['where it has scaled out', scaledOut, [first, second], [first, second, third], true],
    ['where it has scaled in', service(), [first, second, third], [first, second], true],
    ['not where another one has replaced one', service(), [first, second], [first, third], false],
    ['not where one was replaced while it scaled out', scaledOut, [first, second], [first, third, task()], false],
  ])('%s', (_, wanted, before, tasks, isKept) => {
    expect(hasKept(before, wanted, tasks)).toBe(isKept);
  });
});
