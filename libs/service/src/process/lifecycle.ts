import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { shutdown } from '#runtime';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * How a process ends: on SIGTERM, SIGINT or SIGHUP, or after an uncaught error. Readiness fails, serving
 * goes on until the load balancer has deregistered the task, what is in flight finishes, everything closes, the last opened first.
 * The process ends with 0, and with 1 after a failure or where that takes longer than the drain budget.
 */
export class Lifecycle {
  private readonly closers: (() => Promise<void>)[] = [];
  private startDraining?: () => void;
  private exitCode = 0;
  /** Whether the end has begun. */
  shuttingDown = false;

  constructor(
    private readonly logger: Logger,
    private readonly shutdownDelaySeconds: number,
  ) {
    // A second signal changes nothing: npm hands one ctrl-C on twice. The drain budget bounds the wait.
    for (const signal of SIGNALS) process.on(signal, () => void this.shutDown(signal, 0));
    // The process that started this one, and would end it, is gone.
    process.on('disconnect', () => void this.shutDown('the parent process has ended', 0));
    process.on('uncaughtException', (error) => this.crash(error));
    process.on('unhandledRejection', (error) => this.crash(error));
  }

  /** From here on there are requests in progress: `startDraining` is called as soon as the shutdown begins. */
  onDrain(startDraining: () => void): void {
    this.startDraining = startDraining;
  }

  /** Something to close at the end, before all that was named before it. */
  onShutdown(close: () => Promise<void>): void {
    this.closers.unshift(close);
  }

  /** Ends the process; what is open is closed first. */
  async shutDown(reason: string, code: number): Promise<void> {
    if (this.shuttingDown) return;
    this.shuttingDown = true;
    this.exitCode ||= code;
    setTimeout(() => this.exit('The drain budget is used up.'), shutdown.drainBudgetSeconds * 1000).unref();
    if (this.startDraining) {
      this.logger.info(`${reason}: draining`);
      this.startDraining();
      await sleep(this.shutdownDelaySeconds * 1000);
    }
    for (const close of this.closers) await close().catch((error: unknown) => this.logFailure(error));
    if (this.startDraining) this.logger.info('drained');
    this.exit();
  }

  private crash(error: unknown): void {
    this.logFailure(error);
    void this.shutDown('failure', 1);
  }

  private logFailure(error: unknown): void {
    this.exitCode = 1;
    this.logger.fatal({ err: error }, 'uncaught error');
  }

  private exit(complaint?: string): void {
    if (complaint) {
      this.exitCode = 1;
      this.logger.error(complaint);
    }
    this.logger.flush(() => process.exit(this.exitCode));
  }
}
