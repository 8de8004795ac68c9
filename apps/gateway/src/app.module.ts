import { type DynamicModule, Module } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import type { BuildVersion } from '#contracts';
import { HealthModule } from '#health';
import { ContractValidationPipe } from '#service';
import type { Clock } from './clock.ts';
import { Door } from './door.ts';
import { InventoryHealth } from './inventory/inventory.health.ts';
import { InventoryModule } from './inventory/inventory.module.ts';
import { SessionModule } from './session/session.module.ts';
import type { Settings } from './settings.ts';
import { SettingsModule } from './settings.module.ts';
import { WebModule } from './web/web.module.ts';

export interface AppOptions {
  settings: Settings;
  clock: Clock;
  version: BuildVersion;
  webBuild: string | undefined;
}

/** What the gateway serves itself. What it only forwards does not come here. */
@Module({})
export class AppModule {
  static forRoot({ settings, clock, version, webBuild }: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.forRoot(settings, clock),
        InventoryModule.forRoot(),
        HealthModule.forRoot({ version, dependencies: [InventoryHealth] }),
        SessionModule,
        WebModule.forRoot(webBuild),
      ],
      providers: [Door, { provide: APP_PIPE, useClass: ContractValidationPipe }],
    };
  }
}
