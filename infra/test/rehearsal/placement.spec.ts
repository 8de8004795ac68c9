import { describe, expect, it } from '@jest/globals';
import { place } from '../../rehearsal/scheduler/placement.ts';
import { definition, instance, task } from './objects.ts';

describe('placement of a task', () => {
  const two = [instance('a'), instance('b', { availabilityZone: 'us-east-1b' })];

  it('is refused in an empty cluster, and where every instance drains or lost its agent', () => {
    const none = { code: 'RESOURCE:*', message: 'No Container Instances were found in your cluster' };
    expect(place(definition(), [], [])).toEqual(none);
    const gone = [instance('a', { status: 'DRAINING' }), instance('b', { agentConnected: false })];
    expect(place(definition(), gone, [])).toEqual(none);
  });

  it.each([
    ['RESOURCE:CPU', 'has insufficient CPU units available', definition({}, { cpu: 1025 })],
    ['RESOURCE:MEMORY', 'has insufficient memory available', definition({}, { memoryReservation: 921 })],
    [
      'ATTRIBUTE',
      'is missing an attribute required by your task (ecs.cpu-architecture ARM64)',
      definition({ cpuArchitecture: 'ARM64' }),
    ],
    [
      'ATTRIBUTE',
      'is missing an attribute required by your task (ecs.capability.selinux|ecs.capability.apparmor)',
      definition({}, { dockerSecurityOptions: ['no-new-privileges'] }),
    ],
  ])('is refused with %s: %s', (code, what, wanted) => {
    expect(place(wanted, [instance('a')], [])).toEqual({
      code,
      message: `The closest matching container-instance a ${what}`,
    });
  });

  it('counts the hard limit where there is no soft one', () => {
    const wanted = definition({}, { memory: 921, memoryReservation: undefined });
    expect(place(wanted, [instance('a')], [])).toMatchObject({ code: 'RESOURCE:MEMORY' });
  });

  it('counts what a task that is being stopped still takes, and nothing of one that has stopped', () => {
    const wanted = definition({}, { memoryReservation: 800 });
    const holding = task({ taskDefinition: wanted, desiredStatus: 'STOPPED', lastStatus: 'STOPPING' });
    expect(place(wanted, [instance('a')], [holding])).toMatchObject({ code: 'RESOURCE:MEMORY' });
    const over = task({ taskDefinition: wanted, desiredStatus: 'STOPPED', lastStatus: 'STOPPED' });
    expect(place(wanted, [instance('a')], [over])).toEqual({ instance: instance('a') });
  });

  it('gives a fixed host port, and a network interface, to one task of an instance', () => {
    const fixed = definition({}, { portMappings: [{ containerPort: 3000, hostPort: 3000 }] });
    expect(place(fixed, [instance('a')], [task({ taskDefinition: fixed })])).toMatchObject({ code: 'RESOURCE:PORTS' });
    const own = definition({ networkMode: 'awsvpc' });
    expect(place(own, [instance('a')], [task({ taskDefinition: own })])).toMatchObject({ code: 'RESOURCE:ENI' });
  });

  it.each([
    ['a zone', 'attribute:ecs.availability-zone == us-east-1b'],
    ['an instance', `ec2InstanceId == '${two[1]!.ec2InstanceId}'`],
  ])('keeps to the constraint of %s', (_, expression) => {
    const rules = { placementConstraints: [{ type: 'memberOf', expression }] };
    expect(place(definition(), two, [], rules)).toEqual({ instance: two[1] });
    expect(place(definition(), [two[0]!], [], rules)).toEqual({
      code: 'MemberOf placement constraint unsatisfied',
      message: 'No container instance met all of its requirements',
    });
  });

  it('spreads a service over zones, and fills the fuller instance within one', () => {
    const placementStrategy = [
      { type: 'spread', field: 'attribute:ecs.availability-zone' },
      { type: 'binpack', field: 'memory' },
    ];
    const rules = { placementStrategy, group: 'service:api' };
    expect(place(definition(), two, [task()], rules)).toEqual({ instance: two[1] });
    const sameZone = [instance('a'), instance('c')];
    const other = task({ group: 'service:gateway', instance: sameZone[1]! });
    expect(place(definition(), sameZone, [other], rules)).toEqual({ instance: sameZone[1] });
  });
});
