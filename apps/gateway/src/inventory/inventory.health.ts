import { Injectable } from '@nestjs/common';
import type { Dependency } from '#health';
import { InventoryApi } from './inventory-api.ts';

@Injectable()
export class InventoryHealth implements Dependency {
  readonly name = 'api';

  constructor(private readonly api: InventoryApi) {}

  check(): Promise<void> {
    return this.api.ready();
  }
}
