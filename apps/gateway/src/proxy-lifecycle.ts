import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';

export const REVERSE_PROXY = Symbol('the reverse proxy');
export const GATEWAY_SERVER = Symbol('the server');

export interface ClosableProxy {
  /** Waits for the requests in progress, then closes the connections to the API. */
  close(): Promise<void>;
}

export interface ClosableServer {
  /** Closes the connections that have never carried a byte. */
  closeUnused(): void;
}

/** Closes the connections to the API when the last request that needed one has ended, not before. */
@Injectable()
export class ProxyLifecycle implements BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    @Inject(REVERSE_PROXY) private readonly proxy: ClosableProxy,
    @Inject(GATEWAY_SERVER) private readonly server: () => ClosableServer | undefined,
  ) {}

  beforeApplicationShutdown(): void {
    this.server()?.closeUnused();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.proxy.close();
  }
}
