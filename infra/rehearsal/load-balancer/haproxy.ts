import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/** One HAProxy process in master-worker mode: a new configuration is taken over without losing a connection. */
export class Haproxy {
  private readonly folder = mkdtempSync(join(tmpdir(), 'stockroom-haproxy-'));
  /** Of the master process: unlike a worker's, it outlives a new configuration. */
  private readonly socket = join(this.folder, 'master.sock');
  private readonly file = join(this.folder, 'haproxy.cfg');
  private process: ChildProcess | undefined;
  private config = '';

  /** @returns whether HAProxy has taken a new configuration, and so knows no target any more */
  async configure(config: string): Promise<boolean> {
    if (config === this.config) return false;
    this.config = config;
    writeFileSync(this.file, config);
    if (this.process) this.process.kill('SIGUSR2');
    else
      this.process = spawn('haproxy', ['-W', '-S', this.socket, '-f', this.file], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    // The master answers for the new worker as soon as that is ready.
    await sleep(500);
    for (let n = 0; n < 100 && !(await this.command('show info').catch(() => '')).includes('Uptime'); n++)
      await sleep(100);
    return true;
  }

  /** A command of the runtime API, to the current worker. */
  async command(line: string): Promise<string> {
    const socket = connect(this.socket);
    socket.end(`@1 ${line}\n`);
    return text(socket);
  }

  async stop(): Promise<void> {
    if (!this.process) return;
    const hasEnded = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await hasEnded;
  }
}
