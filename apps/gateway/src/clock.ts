import { Injectable } from '@nestjs/common';

/** What time it is, for whatever expires: a test sets it instead of sleeping. */
@Injectable()
export class Clock {
  /** Milliseconds since 1970. */
  now(): number {
    return Date.now();
  }
}
