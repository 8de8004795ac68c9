import { Resolver } from 'node:dns/promises';
import { type DynamicModule, Module } from '@nestjs/common';
import { DeliveryRepository } from './delivery.repository.ts';
import { LeaseRepository } from './delivery/lease.repository.ts';
import { RequestedDeliveries } from './delivery/requested-deliveries.ts';
import { WebhookSender } from './delivery/webhook-sender.ts';
import { WebhookWorker } from './delivery/webhook.worker.ts';
import { AddressPolicy } from './request/address-policy.ts';
import { RESOLVER, WebhookClient } from './request/webhook-client.ts';
import { WebhookSecrets } from './webhook-secrets.ts';
import { WebhookController } from './webhook.controller.ts';
import { WebhookRepository } from './webhook.repository.ts';
import { WebhookService } from './webhook.service.ts';

export interface WebhookOptions {
  /** In CIDR notation: of these, addresses that are not public may be sent to, and by http. Default: none. */
  allowedNetworks?: readonly string[];
  /** Default: the name servers of the system. */
  resolver?: Resolver;
}

/** Events sent to URLs, by whichever task has the lease on them. */
@Module({})
export class WebhooksModule {
  static forRoot({
    allowedNetworks = [],
    resolver = new Resolver({ timeout: 2_000, tries: 2 }),
    eventsModule,
  }: WebhookOptions & { eventsModule: DynamicModule }): DynamicModule {
    return {
      module: WebhooksModule,
      imports: [eventsModule],
      controllers: [WebhookController],
      providers: [
        DeliveryRepository, LeaseRepository, RequestedDeliveries, WebhookClient, WebhookRepository, WebhookSecrets, WebhookSender,
        WebhookService, WebhookWorker,
        { provide: AddressPolicy, useValue: new AddressPolicy(allowedNetworks) }, { provide: RESOLVER, useValue: resolver },
      ], // prettier-ignore
      exports: [WebhookService],
    };
  }
}
