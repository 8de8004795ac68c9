import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateWebhook, ListWebhookDeliveries, ListWebhooks, NewWebhook, UpdateWebhook, Webhook, WebhookDelivery } from '#contracts'; // prettier-ignore
import { Access } from '#service';
import { type Context, Ctx } from '../http/context.ts';
import { Documented } from '../http/documented.ts';
import { UuidPipe } from '../http/uuid.pipe.ts';
import { WebhookService } from './webhook.service.ts';

@ApiTags('Webhooks')
@Controller('webhooks')
export class WebhookController {
  constructor(private readonly webhooks: WebhookService) {}

  @Get()
  @Access('admin')
  @Documented('List the webhooks', { page: Webhook })
  list(@Query() query: ListWebhooks) {
    return this.webhooks.list(query);
  }

  @Post()
  @Access('admin')
  @Documented('Send events to a URL from now on; the secret is shown this once', { status: 201, type: NewWebhook, problems: ['conflict'], once: true }) // prettier-ignore
  create(@Ctx() context: Context, @Body() body: CreateWebhook) {
    return this.webhooks.create(context, body);
  }

  @Get(':id')
  @Access('admin')
  @Documented('One webhook', { type: Webhook, problems: ['not-found'] })
  get(@Param('id', UuidPipe) id: string) {
    return this.webhooks.get(id);
  }

  @Patch(':id')
  @Access('admin')
  @Documented('Change a webhook; one that is enabled again goes on where it ended', { type: Webhook, problems: ['not-found', 'precondition-failed'] }) // prettier-ignore
  update(@Ctx() context: Context, @Param('id', UuidPipe) id: string, @Body() changes: UpdateWebhook) {
    return this.webhooks.update(context, id, changes);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('admin')
  @Documented('Delete a webhook', { status: 204, problems: ['not-found', 'precondition-failed'] })
  remove(@Ctx() context: Context, @Param('id', UuidPipe) id: string) {
    return this.webhooks.remove(context, id);
  }

  @Post(':id/secret')
  @HttpCode(200)
  @Access('admin')
  @Documented('Make a new secret, shown this once; the one before signs as well for 24 hours', { type: NewWebhook, problems: ['not-found', 'precondition-failed'], once: true }) // prettier-ignore
  rotateSecret(@Ctx() context: Context, @Param('id', UuidPipe) id: string) {
    return this.webhooks.rotateSecret(context, id);
  }

  @Post(':id/test')
  @HttpCode(202)
  @Access('admin')
  @Documented('Send a test event once; its delivery is in the log', { status: 202, type: WebhookDelivery, problems: ['not-found', 'conflict'], once: true }) // prettier-ignore
  test(@Ctx() context: Context, @Param('id', UuidPipe) id: string) {
    return this.webhooks.test(context, id);
  }

  @Get(':id/deliveries')
  @Access('admin')
  @Documented('The deliveries of the last 7 days, the newest first', { page: WebhookDelivery, problems: ['not-found'] })
  listDeliveries(@Param('id', UuidPipe) id: string, @Query() query: ListWebhookDeliveries) {
    return this.webhooks.listDeliveries(id, query);
  }

  @Post(':id/deliveries/:deliveryId/redeliver')
  @HttpCode(202)
  @Access('admin')
  @Documented('Send the event of a delivery once more, beside the others', { status: 202, type: WebhookDelivery, problems: ['not-found', 'conflict'], once: true }) // prettier-ignore
  redeliver(
    @Ctx() context: Context,
    @Param('id', UuidPipe) id: string,
    @Param('deliveryId', UuidPipe) deliveryId: string,
  ) {
    return this.webhooks.redeliver(context, id, deliveryId);
  }
}
