import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import { nodeFlags } from '#runtime';

/** What a service says when it has something to say: libs/service, `notifyParent`. */
export interface ServiceMessage {
  listening?: string;
  greeting?: unknown;
}

const COLOURS: Record<string, number> = { api: 36, gateway: 35 };

/** A built service as a process of its own, its lines marked with its name. */
export class ServiceProcess {
  onMessage: (message: ServiceMessage) => void = () => undefined;
  /** Called once, with the exit code; 1 where a signal ended it. */
  onExit: (code: number) => void = () => undefined;
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;

  constructor(name: keyof typeof nodeFlags, environment: NodeJS.ProcessEnv) {
    const main = resolve(import.meta.dirname, `../../dist/apps/${name}/main.js`);
    this.child = spawn(process.execPath, [...nodeFlags[name], main], {
      env: { ...withoutUnset(environment), ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    const mark = process.stdout.isTTY ? `\x1b[${COLOURS[name]}m${name.padEnd(7)}\x1b[0m │ ` : `${name.padEnd(7)} | `;
    for (const stream of [this.child.stdout!, this.child.stderr!])
      createInterface({ input: stream }).on('line', (line) => console.log(mark + line));
    this.child.on('message', (message: ServiceMessage) => this.onMessage(message));
    this.ended = new Promise((done) => this.child.once('close', () => done()));
    void this.ended.then(() => this.onExit(this.child.exitCode ?? 1));
  }

  /** Asks it to end, and waits until it has. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGTERM');
    await this.ended;
  }
}

const withoutUnset = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined));
