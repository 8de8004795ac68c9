import { type DynamicModule, Module } from '@nestjs/common';
import type { MailOptions } from './mail-options.ts';
import { Mailer } from './mailer.ts';

/** Has a `Mailer` where the deployment sends mail. */
@Module({})
export class MailModule {
  static forRoot(mail: MailOptions | undefined): DynamicModule {
    const providers = mail ? [{ provide: Mailer, useValue: new Mailer(mail) }] : [];
    return { module: MailModule, providers, exports: providers };
  }
}
