import { type DynamicModule, Module } from '@nestjs/common';
import type { MailOptions } from '../mail/mail-options.ts';
import { Mailer } from '../mail/mailer.ts';
import { AlertRepository } from './alert.repository.ts';
import { AlertService } from './alert.service.ts';

/** What people are told of by mail. */
@Module({})
export class AlertsModule {
  /** @param mail undefined: no mail is sent */
  static forRoot({ mail }: { mail: MailOptions | undefined }): DynamicModule {
    const mailer = mail ? [{ provide: Mailer, useValue: new Mailer(mail) }] : [];
    return {
      module: AlertsModule,
      providers: [AlertRepository, AlertService, ...mailer],
      exports: [AlertService],
    };
  }
}
