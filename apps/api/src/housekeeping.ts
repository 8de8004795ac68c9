import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AlertService } from './alerts/alert.service.ts';
import { EventService } from './events/event.service.ts';
import { Publisher } from './events/publisher.ts';
import { PasswordMailService } from './access/password-reset/password-mail.service.ts';
import { SessionService } from './access/sessions/session.service.ts';
import { Idempotency } from './http/idempotency.ts';
import { WebhookService } from './webhooks/webhook.service.ts';
import { ReservationService } from './stock/reservations/reservation.service.ts';

const SWEEP_SECONDS = 5;
const ALERT_SECONDS = 15;
const CLEANUP_SECONDS = 600;
const SWEEP_LIMIT = 100;

/**
 * What has to be done now and then, on every task alike: nothing depends on its being done on time, and tasks that do
 * it at the same moment do not get in each other's way.
 */
@Injectable()
export class Housekeeping implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('housekeeping');
  private readonly timers = new Set<NodeJS.Timeout>();
  private ended = false;

  constructor(
    private readonly reservations: ReservationService,
    private readonly idempotency: Idempotency,
    private readonly sessions: SessionService,
    private readonly publisher: Publisher,
    private readonly events: EventService,
    private readonly webhooks: WebhookService,
    private readonly alerts: AlertService,
    private readonly passwordMails: PasswordMailService,
  ) {}

  onApplicationBootstrap(): void {
    this.every(SWEEP_SECONDS, () => this.sweep());
    this.every(SWEEP_SECONDS, () => this.publisher.publish());
    this.every(SWEEP_SECONDS, () => this.passwordMails.work());
    this.every(ALERT_SECONDS, () => this.alerts.work());
    this.every(CLEANUP_SECONDS, async () => {
      await this.idempotency.forgetOld();
      await this.sessions.deleteExpired();
      await this.events.deleteOld();
      await this.webhooks.deleteOldDeliveries();
      await this.alerts.deleteOld();
      await this.passwordMails.deleteExpired();
    });
  }

  beforeApplicationShutdown(): void {
    this.ended = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  private async sweep(): Promise<void> {
    while ((await this.reservations.expire(SWEEP_LIMIT)) === SWEEP_LIMIT && !this.ended);
  }

  /** Again and again, about so many seconds after the end of the last time; a failure is logged and waits for the next. */
  private every(seconds: number, work: () => Promise<void>): void {
    const jitter = 0.75 + Math.random() / 2;
    const timer = setTimeout(
      () => {
        this.timers.delete(timer);
        work()
          .catch((error: Error) => this.logger.warn(`put off: ${error.message}`))
          .finally(() => this.ended || this.every(seconds, work));
      },
      seconds * 1000 * jitter,
    );
    this.timers.add(timer.unref());
  }
}
