import { type DynamicModule, Module } from '@nestjs/common';
import { APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import type { BuildVersion } from '#contracts';
import { HealthModule } from '#health';
import { ContractValidationPipe, UndeclaredInputInterceptor } from '#service';
import type { Clock } from './clock.ts';
import { InventoryHealth } from './inventory/inventory.health.ts';
import { InventoryModule } from './inventory/inventory.module.ts';
import {
  type ClosableProxy,
  type ClosableServer,
  GATEWAY_SERVER,
  ProxyLifecycle,
  REVERSE_PROXY,
} from './proxy-lifecycle.ts';
import { SessionModule } from './session/session.module.ts';
import type { Settings } from './settings.ts';
import { SettingsModule } from './settings.module.ts';
import { WebModule } from './web/web.module.ts';

export interface AppOptions {
  settings: Settings;
  clock: Clock;
  version: BuildVersion;
  webBuild: string | undefined;
  proxy: ClosableProxy;
  /** Undefined until the application is created. */
  server: () => ClosableServer | undefined;
}

/** What the gateway serves itself. Forwarded requests do not come here. */
@Module({})
export class AppModule {
  static forRoot({ settings, clock, version, webBuild, proxy, server }: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.forRoot(settings, clock),
        InventoryModule.forRoot(),
        HealthModule.forRoot({ version, dependencies: [InventoryHealth] }),
        SessionModule,
        WebModule.forRoot(webBuild),
      ],
      providers: [
        ProxyLifecycle,
        { provide: REVERSE_PROXY, useValue: proxy },
        { provide: GATEWAY_SERVER, useValue: server },
        { provide: APP_INTERCEPTOR, useClass: UndeclaredInputInterceptor },
        { provide: APP_PIPE, useClass: ContractValidationPipe },
      ],
    };
  }
}
