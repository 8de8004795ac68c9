import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeFlags } from '#runtime';
import { usageOf } from '../support/usage.ts';

const RESTART_MS = 1_000;
const STOP_MS = 25_000;

/** A built service that is started again when it ends, as ECS starts a task; what it logs as fatal is kept. */
export class Service {
  /** Ends that no fault caused. */
  readonly crashes: string[] = [];
  starts = 0;
  /** Its resident set, every second. */
  readonly memory: number[] = [];
  readonly url: string;
  private child: ChildProcess | undefined;
  private isStopping = false;
  /** The end that comes next was caused by a fault, whatever its exit code. */
  private endIsExpected = false;
  private readonly log: string;
  private readonly sampling: NodeJS.Timeout;
  private readonly name: string;
  private readonly app: 'api' | 'gateway';
  readonly port: number;
  private readonly environment: NodeJS.ProcessEnv;

  constructor(folder: string, name: string, app: 'api' | 'gateway', port: number, environment: NodeJS.ProcessEnv) {
    this.name = name;
    this.app = app;
    this.port = port;
    this.environment = environment;
    this.url = `http://127.0.0.1:${port}`;
    this.log = join(folder, `${name}.log`);
    this.sampling = setInterval(() => this.memory.push(this.residentMiB()), 1_000);
    this.start();
  }

  get peakMiB(): number {
    return this.memory.reduce((one, other) => Math.max(one, other), 0);
  }

  /** What it logged: fatal errors only. */
  get fatal(): string {
    return readFileSync(this.log, 'utf8');
  }

  residentMiB(): number {
    try {
      return usageOf(this.child!.pid!).residentMiB();
    } catch {
      return 0; // It is being started again.
    }
  }

  signal(signal: NodeJS.Signals): void {
    if (signal === 'SIGKILL' || signal === 'SIGTERM') this.endIsExpected = true;
    this.child!.kill(signal);
  }

  async untilReady(): Promise<void> {
    while (!(await this.isReady())) await sleep(50);
  }

  isReady(path = '/health/ready'): Promise<boolean> {
    return fetch(this.url + path, { signal: AbortSignal.timeout(5_000) }).then(
      async (response) => (await response.arrayBuffer(), response.ok),
      () => false,
    );
  }

  /** @returns whether it ended by itself in time */
  async stop(): Promise<boolean> {
    this.isStopping = true;
    clearInterval(this.sampling);
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return true;
    const ended = new Promise<boolean>((done) => child.once('exit', () => done(true)));
    child.kill('SIGCONT');
    child.kill('SIGTERM');
    const inTime = await Promise.race([ended, sleep(STOP_MS, false, { ref: false })]);
    if (!inTime) child.kill('SIGKILL');
    return inTime;
  }

  private start(): void {
    this.starts++;
    this.endIsExpected = false;
    const log = openSync(this.log, 'a');
    const main = resolve(`dist/apps/${this.app}/main.js`);
    const { PATH, TMPDIR } = process.env;
    this.child = spawn(process.execPath, [...nodeFlags[this.app], main], {
      env: {
        PATH,
        TMPDIR,
        NODE_ENV: 'production',
        LOG_LEVEL: 'fatal',
        HOST: '127.0.0.1',
        METRICS_PORT: '0',
        SHUTDOWN_DELAY_SECONDS: '0',
        ...this.environment,
        PORT: String(this.port),
      },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    let wasReady = false;
    void this.untilReady().then(() => (wasReady = true));
    this.child.once('exit', (code, signal) => {
      // A start that fails because the database is unreachable is tried again, as ECS does.
      const isFailedStart = !wasReady && code === 1 && this.app === 'api';
      if (!this.isStopping && !this.endIsExpected && !isFailedStart)
        this.crashes.push(`${this.name} ended with ${signal ?? code}`);
      if (!this.isStopping) setTimeout(() => this.isStopping || this.start(), RESTART_MS);
    });
  }
}
