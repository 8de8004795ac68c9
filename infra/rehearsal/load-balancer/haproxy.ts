import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { program } from '../../test/support/program.ts';

const BAD_GATEWAY =
  'HTTP/1.1 502 Bad Gateway\r\nServer: awselb/2.0\r\nContent-Length: 15\r\nConnection: close\r\nContent-Type: text/html\r\n\r\n502 Bad Gateway';

/** One HAProxy process in master-worker mode: a new configuration is taken over without losing a connection. */
export class Haproxy {
  private readonly folder = mkdtempSync(join(tmpdir(), 'stockroom-haproxy-'));
  /** Of the master process: unlike a worker's, it outlives a new configuration. */
  private readonly socket = join(this.folder, 'master.sock');
  private readonly file = join(this.folder, 'haproxy.cfg');
  private readonly log = join(this.folder, 'haproxy.log');
  /** The response where a target refuses or breaks a connection. */
  readonly badGateway = join(this.folder, '502.http');
  private process: ChildProcess | undefined;
  private pid = '';

  /** @returns when a worker with this configuration serves */
  async configure(config: string): Promise<void> {
    writeFileSync(this.badGateway, BAD_GATEWAY);
    writeFileSync(this.file, config);
    if (this.process) this.process.kill('SIGUSR2');
    else {
      const [command, ...args] = program('haproxy', { folders: [this.folder] });
      this.process = spawn(command, [...args, '-W', '-S', this.socket, '-f', this.file], {
        stdio: ['ignore', 'ignore', openSync(this.log, 'a')],
      });
    }
    for (let n = 0; n < 100; n++) {
      await sleep(100);
      const pid = /^Pid: (\d+)/m.exec(await this.command('show info').catch(() => ''))?.[1] ?? this.pid;
      if (pid === this.pid) continue;
      this.pid = pid;
      return;
    }
    const alerts = readFileSync(this.log, 'utf8')
      .split('\n')
      .filter((line) => line.includes('ALERT'));
    throw new Error([`HAProxy does not take its configuration ${this.file}:`, ...alerts].join('\n  '));
  }

  /** Requests to each server, as `<backend>/<server>`. */
  async statistics(): Promise<Map<string, number>> {
    const [heading = '', ...lines] = (await this.command('show stat').catch(() => '')).split('\n');
    const total = heading.split(',').indexOf('stot');
    const cells = lines.map((line) => line.split(','));
    return new Map(cells.map((row) => [`${row[0]}/${row[1]}`, Number(row[total] ?? 0)]));
  }

  /** A command of the runtime API, to the current worker. */
  async command(line: string): Promise<string> {
    const socket = connect(this.socket);
    socket.end(`@1 ${line}\n`);
    return text(socket);
  }

  async stop(): Promise<void> {
    // It ends by itself where it refuses its configuration.
    if (!this.process || this.process.exitCode !== null) return;
    const hasEnded = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await hasEnded;
    rmSync(this.folder, { recursive: true });
  }
}
