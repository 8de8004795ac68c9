import { Injectable, Logger, Optional } from '@nestjs/common';
import { PASSWORD_RESET_MINUTES } from '#contracts';
import type { Queryable } from '../../database/database.ts';
import { MailError, Mailer } from '../../mail/mailer.ts';
import { Clock } from '../clock.ts';
import { generateToken, hashToken } from '../secrets/opaque-token.ts';
import { type DuePasswordMail, PasswordMailRepository } from './password-mail.repository.ts';
import { changedMail, resetMail } from './password-mails.ts';
import { PasswordResetRepository } from './password-reset.repository.ts';

const MINUTE_MS = 60_000;
const RESET_MS = PASSWORD_RESET_MINUTES * MINUTE_MS;
/** Longer than sending may take. */
const RETRY_MS = MINUTE_MS;
const CHANGED_MS = 24 * 60 * MINUTE_MS;

/** Sends mail about passwords, after the request that asked for it. Every task takes part. */
@Injectable()
export class PasswordMailService {
  private readonly logger = new Logger('passwords');

  constructor(
    private readonly mails: PasswordMailRepository,
    private readonly resets: PasswordResetRepository,
    private readonly clock: Clock,
    @Optional() private readonly mailer?: Mailer,
  ) {}

  /** Whether this deployment can send a link. */
  get sendsLinks(): boolean {
    return this.mailer?.publicUrl !== undefined;
  }

  /** @param emailKey an address as addresses are compared, which no account need have */
  queueReset(emailKey: string): Promise<void> {
    return this.mails.addReset(emailKey, this.clock.in(0), this.clock.in(RESET_MS));
  }

  async queueChanged(tx: Queryable, userId: string): Promise<void> {
    if (this.mailer) await this.mails.addChanged(tx, userId, this.clock.in(0), this.clock.in(CHANGED_MS));
  }

  /** Sends each mail that is due. One that is not taken is tried again in a minute. */
  async work(): Promise<void> {
    if (!this.mailer) return;
    const next = () => this.mails.claim(this.clock.in(0), this.clock.in(RETRY_MS));
    for (let due = await next(); due; due = await next()) {
      try {
        await this.send(due, this.mailer);
        await this.mails.delete(due);
      } catch (error) {
        if (!(error instanceof MailError)) throw error;
        this.logger.warn(`A mail was not sent and is tried again in a minute: ${error.message}`);
      }
    }
  }

  async deleteExpired(): Promise<void> {
    await this.mails.deleteExpired(this.clock.in(0));
    await this.resets.deleteExpired(this.clock.in(0));
  }

  private async send({ kind, emailKey, askedAt }: DuePasswordMail, mailer: Mailer): Promise<void> {
    const recipient = await this.mails.findRecipient(emailKey);
    if (!recipient) return;
    const { publicUrl } = mailer;
    const to = recipient.email;
    if (kind === 'changed') return mailer.send({ to, ...changedMail(publicUrl, askedAt) });
    if (publicUrl === undefined) return;
    // Made here, so that the mail is the only place where it is ever written.
    const token = generateToken();
    await this.resets.save(recipient.userId, hashToken(token), this.clock.in(RESET_MS));
    await mailer.send({ to, ...resetMail(publicUrl, token) });
  }
}
