import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { nodeFlags } from '#runtime';
import { SIGNING_KEY } from '../../support/api.ts';

/** What the main thread did since the last measurement. */
export interface Measurement {
  longestPauseMs: number;
  /** CPU time. */
  workMs: number;
  memoryMiB: number;
}

/** The built API as a process of its own, with the flags of production, that reports how long its event loop paused. */
export class MeasuredApi {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(databaseUrl: string): Promise<MeasuredApi> {
    const harness = resolve(import.meta.dirname, 'event-loop.ts');
    const child = spawn(process.execPath, [...nodeFlags.api, `--import=${harness}`, resolve('dist/apps/api/main.js')], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: databaseUrl,
        MIGRATE_ON_START: 'false',
        SIGNING_KEY,
        HOST: '127.0.0.1',
        PORT: '0',
        METRICS_PORT: '0',
        LOG_LEVEL: 'fatal',
        DEMO_DATA: 'false',
      },
    });
    const url = await new Promise<string>((started, failed) => {
      child.on('message', (message: { listening?: string }) => message.listening && started(message.listening));
      child.once('exit', (code) => failed(new Error(`The API ended with ${code}.`)));
    });
    return new MeasuredApi(child, url.replace('localhost', '127.0.0.1'));
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** What was measured since the last time. @throws Error where the process has ended */
  measure(): Promise<Measurement> {
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error(`The API ended with ${this.child.exitCode ?? this.child.signalCode}.`));
      const onMessage = ({ measured }: { measured?: Measurement }) => {
        if (!measured) return;
        this.child.off('exit', onExit).off('message', onMessage);
        resolve(measured);
      };
      this.child.on('exit', onExit).on('message', onMessage);
      if (this.isRunning) this.child.send('measure');
      else onExit();
    });
  }

  /** Until requests cost what they cost later, too: the first ones compile code. */
  async warmUp(): Promise<void> {
    for (let n = 0; n < 20; n++)
      await fetch(`${this.url}/api/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
    await this.measure();
  }

  async stop(): Promise<void> {
    if (!this.isRunning) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}
