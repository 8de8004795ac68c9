import { Global, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { expect, it } from '@jest/globals';
import { Drain, Problem } from '#service';
import { HealthController } from './health.controller.ts';
import { type Dependency, HealthModule } from './health.module.ts';
import { HealthService } from './health.service.ts';

class Reachable implements Dependency {
  readonly name = 'reachable';
  checks = 0;
  async check(): Promise<void> {
    this.checks++;
    await Promise.resolve();
  }
}

class Unreachable implements Dependency {
  readonly name = 'unreachable';
  check = (): Promise<void> => Promise.reject(new Error('a secret host refused'));
}

@Global()
@Module({ providers: [Reachable, Unreachable], exports: [Reachable, Unreachable] })
class Dependencies {}

const warnings: string[] = [];
const ignore = () => undefined;
const logger = { log: ignore, error: ignore, warn: (message: string) => warnings.push(message) };

const version = { version: '1.2.3', commit: 'abc' };
const moduleWith = (...dependencies: (typeof Reachable | typeof Unreachable)[]) =>
  Test.createTestingModule({ imports: [Dependencies, HealthModule.forRoot({ version, dependencies })] })
    .setLogger(logger)
    .compile();

const latencyMs = expect.any(Number);

it('asks every dependency, once for all who ask at the same time', async () => {
  const module = await moduleWith(Reachable);
  const health = module.get(HealthService);
  const [one, other] = await Promise.all([health.deep(), health.deep()]);
  expect(one).toEqual({
    status: 'ok',
    info: { reachable: { status: 'up', latencyMs } },
    error: {},
    details: { reachable: { status: 'up', latencyMs } },
  });
  expect([other, module.get(Reachable).checks]).toEqual([one, 1]);
  await health.deep();
  expect(module.get(Reachable).checks).toBe(2);
});

it('names the dependency that is down, and tells the cause to the log only', async () => {
  const module = await moduleWith(Reachable, Unreachable);
  const failure = await module.get(HealthService).deep().catch((error: unknown) => error); // prettier-ignore
  expect((failure as { getStatus: () => number }).getStatus()).toBe(503);
  expect((failure as { getResponse: () => unknown }).getResponse()).toEqual({
    status: 'error',
    info: { reachable: { status: 'up', latencyMs } },
    error: { unreachable: { status: 'down', latencyMs } },
    details: { reachable: { status: 'up', latencyMs }, unreachable: { status: 'down', latencyMs } },
  });
  expect(warnings).toEqual(['unreachable is down: a secret host refused']);
});

it('is ready with a dependency that is down, and not while it drains', async () => {
  const module = await moduleWith(Unreachable);
  const controller = module.get(HealthController);
  expect([controller.ready(), controller.live(), controller.version()]).toEqual([{ status: 'ok' }, { status: 'ok' }, version]); // prettier-ignore
  module.get(Drain).draining = true;
  expect(() => controller.ready()).toThrow(Problem);
  expect(controller.live()).toEqual({ status: 'ok' });
});
