import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { until } from './until.ts';

/** `start`: what `npm start` runs, both services as its children. */
type App = 'api' | 'gateway' | 'start';

const mainOf = (app: App): string => resolve(app === 'start' ? 'tools/start.ts' : `dist/apps/${app}/main.js`);
const ANY_PORTS = { PORT: '0', METRICS_PORT: '0', API_PORT: '0', API_METRICS_PORT: '0' };

/** The built program, run as a person or a container runs it: a process of its own, everything from the environment. */
export class Program {
  output = '';
  private readonly child: ChildProcess;
  private readonly closed: Promise<unknown>;

  constructor(
    cwd: string,
    environment: NodeJS.ProcessEnv = {},
    { app = 'api', args = [], as = [] }: { app?: App; args?: string[]; as?: string[] } = {},
  ) {
    const main = mainOf(app);
    if (!existsSync(main)) throw new Error(`${main} is not there: run \`npm run build\` first.`);
    const [file, ...rest] = [...as, process.execPath, main, ...args];
    const { PATH } = process.env;
    this.child = spawn(file!, rest, {
      cwd,
      detached: true,
      env: { PATH, HOST: '127.0.0.1', ...ANY_PORTS, DEMO_DATA: 'false', ...environment },
    });
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on('data', (text) => (this.output += String(text)));
    this.closed = once(this.child, 'close');
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** The address that it listens on, as soon as it does. */
  async url(): Promise<string> {
    return until('the program listens', () => {
      if (this.child.exitCode !== null) throw new Error(`The program ended: ${this.output}`);
      return /listening on (http:\/\/[\d.:]+)/.exec(this.output)?.[1];
    });
  }

  /** A signal to the process alone. */
  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** A signal to its process group, as a terminal sends it. */
  interrupt(signal: NodeJS.Signals = 'SIGINT'): void {
    process.kill(-this.pid, signal);
  }

  /** Waits for its end. @returns its exit code, or null after a signal */
  async ended(): Promise<number | null> {
    await this.closed;
    return this.child.exitCode;
  }

  /** Ends it, whatever state it is in. */
  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) this.kill('SIGTERM');
    await this.closed;
  }
}
