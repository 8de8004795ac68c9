import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chownSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { binaries } from '../../apps/api/src/database/embedded/binaries.ts';
import { waitUntilReady } from '../../apps/api/src/database/embedded/connection.ts';
import { applicationUrl, ownerUrl, provideDatabase } from '../../apps/api/src/database/embedded/embedded-database.ts';
import { initialise } from '../../apps/api/src/database/embedded/initialise.ts';
import { ownerOf, spawnAs } from '../../apps/api/src/database/embedded/spawn-as.ts';
import { freePort } from './free-port.ts';

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  fsync: 'off',
  autovacuum: 'off',
  shared_buffers: '32MB',
  // What a standby has not received yet stays, however long it was stopped.
  wal_keep_size: '256MB',
};

/** A PostgreSQL server of the test's own that can be stopped, copied and promoted. */
export class PostgresServer {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async create(): Promise<PostgresServer> {
    const server = await PostgresServer.at(newFolder());
    await initialise(server.folder, server.data, false);
    await server.start();
    const client = await server.connect('postgres');
    await provideDatabase(client, server.data);
    await client.end();
    return server;
  }

  private static async at(folder: string): Promise<PostgresServer> {
    return new PostgresServer(folder, await freePort());
  }

  get url(): string {
    return applicationUrl(this.data, this.port);
  }

  get ownerUrl(): string {
    return ownerUrl(this.data, this.port);
  }

  private get data(): string {
    return join(this.folder, 'postgres');
  }

  /** A standby that streams from this server, made from a base backup (PostgreSQL, "Making a Base Backup Using the Low Level API"). */
  async createStandby(): Promise<PostgresServer> {
    const standby = await PostgresServer.at(newFolder());
    await this.copyTo(standby);
    await standby.start();
    return standby;
  }

  /** Stopped before, it becomes a standby of another server, with a new copy of its data. */
  async becomeStandbyOf(primary: PostgresServer): Promise<void> {
    rmSync(this.data, { recursive: true });
    await primary.copyTo(this);
    await this.start();
  }

  private async copyTo(standby: PostgresServer): Promise<void> {
    const client = await this.connect();
    await client.query(`SELECT pg_backup_start('standby', true)`);
    const { status, stderr } = spawnSync('cp', ['-a', this.data, standby.data]);
    if (status !== 0) throw new Error(`cp failed: ${stderr.toString()}`);
    const { rows } = await client.query<{ label: string }>('SELECT labelfile AS label FROM pg_backup_stop(false)');
    await client.end();
    rmSync(join(standby.data, 'postmaster.pid'));
    standby.write('backup_label', rows[0]!.label);
    standby.write('standby.signal', '');
    const { username, password } = new URL(this.ownerUrl);
    const primary = `host=127.0.0.1 port=${this.port} user=${username} password=${password}`;
    appendFileSync(join(standby.data, 'postgresql.auto.conf'), `primary_conninfo = '${primary}'\n`);
  }

  private write(name: string, text: string): void {
    const owner = ownerOf(this.data);
    writeFileSync(join(this.data, name), text);
    if (owner) chownSync(join(this.data, name), owner.uid, owner.gid);
  }

  async start(): Promise<void> {
    const flags = Object.entries({ ...SETTINGS, port: String(this.port) }).flatMap(([name, value]) => ['-c', `${name}=${value}`]); // prettier-ignore
    const log = openSync(join(this.folder, 'postgres.log'), 'a');
    const args = ['-D', this.data, ...flags];
    this.child = spawnAs(binaries().postgres, ownerOf(this.data), this.data, args, { stdio: ['ignore', log, log] });
    closeSync(log);
    const state = await waitUntilReady(this.ownerUrl, () => this.child?.exitCode === null);
    if (state !== 'ready') throw new Error(`The server did not start: ${state}`);
  }

  /** Ends it as a failover does: connections are closed with SQLSTATE 57P01. */
  async stop(): Promise<void> {
    if (!this.child) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGINT');
    await ended;
    this.child = undefined;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true });
  }

  /** Makes a standby a server that takes writes. */
  promote(): Promise<void> {
    return this.run('SELECT pg_promote()');
  }

  /** As the owner. */
  async run(statement: string): Promise<void> {
    const client = await this.connect();
    await client.query(statement);
    await client.end();
  }

  /** What an expression of SQL gives. */
  async value(expression: string): Promise<unknown> {
    const client = await this.connect();
    const { rows } = await client.query<{ value: unknown }>(`SELECT ${expression} AS value`);
    await client.end();
    return rows[0]!.value;
  }

  private async connect(database?: string): Promise<pg.Client> {
    const client = new pg.Client(database ? this.ownerUrl.replace(/[^/]*$/, database) : this.ownerUrl);
    await client.connect();
    return client;
  }
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'stockroom-replication-'));
