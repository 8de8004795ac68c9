import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Forwarder } from './forwarding/index.ts';

/** Closes the connections to the API when the last request that needed one has ended, not before. */
@Injectable()
export class Door implements OnApplicationShutdown {
  forwarder?: Forwarder;

  async onApplicationShutdown(): Promise<void> {
    await this.forwarder?.close();
  }
}
