import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ReverseProxy } from './proxy/proxy.ts';
import type { GatewayServer } from './server/gateway-server.ts';

export const REVERSE_PROXY = Symbol('the reverse proxy');
export const GATEWAY_SERVER = Symbol('the server');

/** Closes the connections to the API when the last request that needed one has ended, not before. */
@Injectable()
export class ProxyLifecycle implements BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    @Inject(REVERSE_PROXY) private readonly proxy: ReverseProxy,
    @Inject(GATEWAY_SERVER) private readonly server: () => GatewayServer | undefined,
  ) {}

  beforeApplicationShutdown(): void {
    this.server()?.closeUntouched();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.proxy.close();
  }
}
