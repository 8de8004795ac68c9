import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import type { BuildVersion } from '#contracts';
import { Drain } from '#service';
import { HealthController } from './health.controller.ts';
import { DEPENDENCIES, type Dependency, HealthService } from './health.service.ts';

export type { Dependency };

export interface HealthOptions {
  /** The service's version and commit, for `/version`. */
  version: BuildVersion;
  /** What `/health` asks, each provided by a global module. */
  dependencies: Type<Dependency>[];
}

/** Live, ready, deep health and version: the same on every service. */
@Module({})
export class HealthModule {
  static forRoot({ version, dependencies }: HealthOptions): DynamicModule {
    return {
      module: HealthModule,
      global: true,
      imports: [TerminusModule],
      controllers: [HealthController],
      providers: [
        Drain,
        HealthService,
        { provide: DEPENDENCIES, useFactory: (...indicators: Dependency[]) => indicators, inject: dependencies },
        { provide: 'VERSION', useValue: version },
      ],
      exports: [Drain],
    };
  }
}
