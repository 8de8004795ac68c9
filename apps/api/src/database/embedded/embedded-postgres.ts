import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { connect } from './connection.ts';
import { dataDirectory, explained, removeStaleInitDirectories } from './data-directory.ts';
import { applicationUrl, ownerUrl, provideDatabase } from './embedded-database.ts';
import { initialise } from './initialise.ts';
import { ensureRunning, type LaunchOptions } from './launch.ts';
import { connectionName, takeOwnerLock } from './owner-lock.ts';
import { isShuttingDown, shutDown } from './postmaster.ts';

export interface EmbeddedPostgres {
  /** As the application, which can neither change the schema nor the ledger's history. */
  url: string;
  /** As the owner of the schema, a superuser: for migrations. */
  ownerUrl: string;
  /** Ends the server; the data stays. */
  stop(): Promise<void>;
}

const RETRY_MS = 500;
const WATCH_MS = 500;

/**
 * A real PostgreSQL server on a free port of the loopback address, its data in `folder`, which is made at the first
 * start. A server that an earlier process left behind (`kill -9`) is taken over, or ended where it hangs. A server that
 * ends while this process runs is started again on the same port.
 * @param settings extra server settings, for tests
 * @throws AlreadyRunningError where another live process uses the folder
 */
export async function startEmbeddedPostgres(
  folder: string,
  { port, ...settings }: Record<string, string> = {},
): Promise<EmbeddedPostgres> {
  try {
    const { data, exists } = dataDirectory(folder);
    await removeStaleInitDirectories(folder);
    if (!exists) await initialise(folder, data, settings.fsync !== 'off');
    const options = { folder, data, settings, port: port === undefined ? undefined : Number(port) };
    return await new EmbeddedServer(options).start();
  } catch (error) {
    throw explained(error, folder);
  }
}

class EmbeddedServer {
  private stopping = false;
  /** Holds the owner lock. */
  private client: pg.Client | undefined;
  private supervision: Promise<void> | undefined;
  private watch: NodeJS.Timeout | undefined;

  private readonly options: LaunchOptions;

  constructor(options: LaunchOptions) {
    this.options = options;
  }

  async start(): Promise<EmbeddedPostgres> {
    const port = await this.claim();
    this.options.port = port;
    this.supervision = this.supervise();
    this.watch = this.watchForShutdown();
    const { data } = this.options;
    return { url: applicationUrl(data, port), ownerUrl: ownerUrl(data, port), stop: () => this.stop() };
  }

  /** Makes sure that the server runs, and belongs to this process. @returns its port */
  private async claim(): Promise<number> {
    const { data, folder } = this.options;
    for (;;) {
      const port = await ensureRunning(this.options);
      const client = await connect(ownerUrl(data, port), connectionName);
      if (typeof client === 'string') continue; // It was just ending.
      try {
        await takeOwnerLock(client, folder);
        await provideDatabase(client, data);
        this.client = client;
        return port;
      } catch (error) {
        void client.end().catch(() => undefined);
        if (error instanceof pg.DatabaseError || !isConnectionLoss(error)) throw error;
      }
    }
  }

  /** The connection with the lock ends when the server does, whatever the reason. */
  private async supervise(): Promise<void> {
    while (!this.stopping) {
      await new Promise<void>((resolve) => this.client!.once('end', resolve));
      for (let reason = ''; !this.stopping;) {
        const error = await this.claim().then(() => undefined, String);
        if (error === undefined) break;
        if (error !== reason)
          process.stderr.write(`The embedded PostgreSQL is started again after a failure: ${error}\n`);
        reason = error;
        await sleep(RETRY_MS);
      }
    }
  }

  /**
   * A server that another process told to shut down waits for its last connection and takes no new one. Its connections
   * are ours, so it would never end: it is stopped, and then started again like any other that ended.
   */
  private watchForShutdown(): NodeJS.Timeout {
    let ending: Promise<void> | undefined;
    const end = () => {
      if (this.stopping || ending || !isShuttingDown(this.options.data)) return;
      ending = shutDown(this.options.data)
        .catch(() => undefined)
        .finally(() => (ending = undefined));
    };
    return setInterval(end, WATCH_MS).unref();
  }

  private async stop(): Promise<void> {
    this.stopping = true;
    clearInterval(this.watch);
    // Not waited for: a backend that hangs closes its connection when it is killed.
    void this.client?.end().catch(() => undefined);
    await shutDown(this.options.data);
    // A restart may have been in progress.
    void this.client?.end().catch(() => undefined);
    await this.supervision;
    await shutDown(this.options.data);
  }
}

const isConnectionLoss = (error: unknown): boolean =>
  /terminated|ECONN|EPIPE|not queryable|closed/i.test(
    `${(error as { code?: string }).code} ${(error as Error).message}`,
  );
