import { Agent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import { HttpModule } from '@nestjs/axios';
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { keepAlive } from '#runtime';
import { Settings } from '../settings.ts';
import { InventoryApi } from './inventory-api.ts';
import { InventoryHealth } from './inventory.health.ts';

/** An idle connection is given up before the other side does so. */
const POOL = { keepAlive: true, maxSockets: 50, timeout: keepAlive.poolSeconds * 1000 };
const MAX_RESPONSE_BYTES = 1024 * 1024;

/** The gateway's own calls to the API. */
@Global()
@Module({})
export class InventoryModule {
  static forRoot(): DynamicModule {
    return {
      module: InventoryModule,
      imports: [
        HttpModule.registerAsync({
          inject: [Settings],
          useFactory: ({ inventoryApiUrl }: Settings) => ({
            baseURL: inventoryApiUrl,
            httpAgent: new Agent(POOL),
            httpsAgent: new TlsAgent(POOL),
            headers: { 'user-agent': 'stockroom-gateway', accept: 'application/json' },
            maxContentLength: MAX_RESPONSE_BYTES,
            maxRedirects: 0,
            // Neither an environment's proxy nor a status is a reason to fail.
            proxy: false,
            validateStatus: () => true,
          }),
        }),
      ],
      providers: [InventoryApi, InventoryHealth],
      exports: [InventoryApi, InventoryHealth],
    };
  }
}
