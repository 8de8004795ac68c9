import { type DynamicModule, Module } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { HealthModule } from '#health';
import { paths } from '#runtime';
import { AccessModule } from './access/access.module.ts';
import { AlertsModule } from './alerts/alerts.module.ts';
import { AuditModule } from './audit/audit.module.ts';
import { CatalogModule } from './catalog/catalog.module.ts';
import type { DatabaseOptions } from './database/database.ts';
import { DatabaseHealth } from './database/database.health.ts';
import { DatabaseModule } from './database/database.module.ts';
import type { ReplicaOptions } from './database/replica/read-replica.ts';
import { EventsModule } from './events/events.module.ts';
import { ExportsModule } from './exports/exports.module.ts';
import { Housekeeping } from './housekeeping.ts';
import { HttpModule } from './http/http.module.ts';
import { ImportsModule } from './imports/imports.module.ts';
import type { MailOptions } from './mail/mail-options.ts';
import { MailModule } from './mail/mail.module.ts';
import { ReportsModule } from './reports/reports.module.ts';
import { StockModule } from './stock/stock.module.ts';
import { type WebhookOptions, WebhooksModule } from './webhooks/webhooks.module.ts';

export interface AppOptions {
  database: DatabaseOptions;
  /** A streaming replica for reads that may show a state some seconds old. Default: none. */
  replica?: ReplicaOptions | undefined;
  signingKey: string;
  version: { version: string; commit: string };
  /** ISO 4217: what every amount of money is in. Default: USD. */
  currency?: string;
  /** IANA: whose days reports count, where the caller names no other. Default: UTC. */
  timeZone?: string;
  /** The largest file that an import takes. Default: 512 MiB. */
  importMaxBytes?: number;
  webhooks?: WebhookOptions;
  /** Default: no mail is sent. */
  mail?: MailOptions | undefined;
}

/** Served below the base path. */
const business = [CatalogModule, StockModule, AuditModule];

@Module({})
export class AppModule {
  static forRoot({
    database,
    replica,
    signingKey,
    version,
    currency = 'USD',
    timeZone = 'UTC',
    importMaxBytes = 512 * 1024 ** 2,
    webhooks = {},
    mail,
  }: AppOptions): DynamicModule {
    const databaseModule = DatabaseModule.forRoot(database, replica);
    const mailModule = MailModule.forRoot(mail);
    const alertsModule = AlertsModule.forRoot({ mailModule });
    const accessModule = AccessModule.forRoot({ signingKey, alertsModule, mailModule });
    const eventsModule = EventsModule.forRoot({ accessModule });
    const exportsModule = ExportsModule.forRoot({ currency });
    return {
      module: AppModule,
      imports: [
        databaseModule,
        HttpModule.forRoot({ signingKey }),
        HealthModule.forRoot({ version, dependencies: [DatabaseHealth] }),
        alertsModule,
        accessModule,
        eventsModule,
        WebhooksModule.forRoot({ ...webhooks, eventsModule }),
        ReportsModule.forRoot({ currency, timeZone }),
        ImportsModule.forRoot({ maxBytes: importMaxBytes, currency, exportsModule }),
        exportsModule,
        ...business,
        RouterModule.register(
          [...business, EventsModule, WebhooksModule, ReportsModule, ExportsModule, ImportsModule, AccessModule].map(
            (module) => ({
              path: paths.api,
              module,
            }),
          ),
        ),
      ],
      providers: [Housekeeping],
    };
  }
}
