import { Injectable } from '@nestjs/common';
import { MAX_EVENTS, PublisherRepository } from './publisher.repository.ts';

/** Publishes what is committed. Calls that come together share a transaction. */
@Injectable()
export class Publisher {
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  constructor(private readonly repository: PublisherRepository) {}

  /** Ends when all that was committed before the call is published. @throws Problem `unavailable` */
  publish(): Promise<void> {
    if (!this.running) return (this.running = this.publishAll().finally(() => (this.running = undefined)));
    // The one under way may have looked before the caller's change was committed.
    return (this.next ??= this.running
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return this.publish();
      }));
  }

  private async publishAll(): Promise<void> {
    while ((await this.repository.publish()) >= MAX_EVENTS);
  }
}
