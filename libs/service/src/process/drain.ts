import { Injectable } from '@nestjs/common';

/** Whether this task is shutting down. Readiness reads it; responses given meanwhile close their connection. */
@Injectable()
export class Drain {
  draining = false;
}
