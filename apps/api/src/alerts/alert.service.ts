import { Injectable, Logger, Optional } from '@nestjs/common';
import type { AlertKind } from '#contracts';
import type { Queryable } from '../database/database.ts';
import { MailError, Mailer } from '../mail/mailer.ts';
import { alertMail } from './alert-mail.ts';
import { AlertRepository } from './alert.repository.ts';

/** Tells people by mail of what they chose, at most once in 15 minutes each. Every task takes part. */
@Injectable()
export class AlertService {
  private readonly logger = new Logger('alerts');

  constructor(
    private readonly alerts: AlertRepository,
    @Optional() private readonly mailer?: Mailer,
  ) {}

  /** Whether this deployment sends mail at all. */
  get sendsMail(): boolean {
    return this.mailer !== undefined;
  }

  /** Looks for what is to be told, and sends each mail that is due. */
  async work(): Promise<void> {
    if (!this.mailer) return;
    await this.alerts.raise();
    for (let due = await this.alerts.claim(); due; due = await this.alerts.claim()) {
      const { groups, upTo } = await this.alerts.read(due.userId);
      try {
        await this.mailer.send({ to: due.email, ...alertMail(groups) });
        await this.alerts.recordTold(due.userId, upTo);
      } catch (error) {
        if (!(error instanceof MailError)) throw error;
        this.logger.warn(`A mail was not sent and is tried again in 15 minutes: ${error.message}`);
      }
    }
  }

  kindsOf(userId: string, db?: Queryable): Promise<AlertKind[]> {
    return this.alerts.kindsOf(userId, db);
  }

  subscribe(tx: Queryable, userId: string, kinds: AlertKind[]): Promise<void> {
    return this.alerts.subscribe(tx, userId, kinds);
  }

  /** Deletes alerts of more than 30 days ago. */
  deleteOld(): Promise<void> {
    return this.alerts.deleteOld();
  }
}
