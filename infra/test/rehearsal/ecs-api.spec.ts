import {
  DescribeContainerInstancesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListContainerInstancesCommand,
  ListTasksCommand,
} from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clientsOf } from '../../rehearsal/account/clients.ts';
import { ecsHandlers } from '../../rehearsal/control-plane/ecs-api.ts';
import { startControlPlane } from '../../rehearsal/control-plane/proxy.ts';
import { Scheduler } from '../../rehearsal/scheduler/scheduler.ts';
import { definition, instance } from './objects.ts';

/** Nothing listens there: these operations do not ask the emulator. */
const EMULATOR = 'http://127.0.0.1:9';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const cluster = 'test';

let server: Server;
let ecs: ECSClient;
const scheduler = new Scheduler({ start: () => undefined, stop: () => undefined });

beforeAll(async () => {
  scheduler.instances.push(instance('a'));
  const handlers = ecsHandlers(scheduler, clientsOf(EMULATOR));
  server = await startControlPlane(EMULATOR, handlers, { host: '127.0.0.1', port: 0 });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ecs = new ECSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
});
afterAll(() => {
  ecs.destroy();
  server.closeAllConnections();
  server.close();
});

// Preflight adds the two up: a deployment replaces the tasks of an earlier one, also of one that failed.
it.each([
  ['the soft limit', { memoryReservation: 192 }, { cpu: '256', memory: '384', memoryReservation: '192' }],
  ['the hard limit where there is no soft one', { memoryReservation: undefined }, { cpu: '256', memory: '384' }],
])('a task reports the CPU and memory that its instance lacks, counting %s', async (_, container, reported) => {
  const started = scheduler.runTask(cluster, definition({}, container), 'test');
  if ('code' in started) throw new Error(started.message);
  const { taskArns: tasks } = await ecs.send(new ListTasksCommand({ cluster, family: 'api' }));
  const described = await ecs.send(new DescribeTasksCommand({ cluster, tasks }));
  const { containerInstanceArns: containerInstances } = await ecs.send(new ListContainerInstancesCommand({ cluster }));
  const found = await ecs.send(new DescribeContainerInstancesCommand({ cluster, containerInstances }));
  scheduler.tasks.pop();
  expect(described.tasks).toEqual([
    expect.objectContaining({ taskArn: started.arn, containerInstanceArn: containerInstances![0] }),
  ]);
  const { cpu, memory, memoryReservation } = described.tasks![0]!.containers![0]!;
  expect({ cpu, memory, ...(memoryReservation && { memoryReservation }) }).toEqual(reported);
  expect(amounts(found.containerInstances![0]!.registeredResources)).toEqual({ CPU: 1024, MEMORY: 920 });
  expect(amounts(found.containerInstances![0]!.remainingResources)).toEqual({
    CPU: 1024 - Number(cpu),
    MEMORY: 920 - Number(memoryReservation ?? memory),
  });
});

const amounts = (resources: { name?: string; integerValue?: number }[] = []) =>
  Object.fromEntries(resources.map(({ name, integerValue }) => [name, integerValue]));
