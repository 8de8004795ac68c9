import { Controller, Get, Header, HttpException, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { HealthCheckResult } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import type { BuildVersion } from '#contracts';
import { paths } from '#runtime';
import { Access, Drain, Problem } from '#service';
import { HealthService } from './health.service.ts';

/** Outside the API's base path and without authentication: load balancers and monitors ask here. */
@Controller()
@Access('public')
@ApiExcludeController()
export class HealthController {
  constructor(
    private readonly drain: Drain,
    private readonly health: HealthService,
    @Inject('VERSION') private readonly build: BuildVersion,
  ) {}

  @Get(paths.live)
  @Header('cache-control', 'no-store')
  live() {
    return { status: 'ok' };
  }

  /** A dependency that is unreachable must not fail this: the load balancer would take out every task for a fault that none of them has. */
  @Get(paths.ready)
  @Header('cache-control', 'no-store')
  ready() {
    if (this.drain.draining)
      throw new Problem('unavailable', 'This task is draining.', { headers: { 'retry-after': '1' } });
    return { status: 'ok' };
  }

  @Get(paths.health)
  @Header('cache-control', 'no-store')
  async deep(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    try {
      return await this.health.deep();
    } catch (error) {
      if (!(error instanceof HttpException)) throw error;
      reply.status(error.getStatus());
      return error.getResponse() as HealthCheckResult;
    }
  }

  @Get(paths.version)
  @Header('cache-control', 'no-store')
  version() {
    return this.build;
  }
}
