import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.ts';
import { freePort } from '../../src/database/embedded/free-port.ts';
import { pick } from '../../../../test/support/pick.ts';
import { Program } from '../../../../test/support/program.ts';
import { until } from '../../../../test/support/until.ts';

let cwd: string;
let program: Program | undefined;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'stockroom-start-'));
});
afterEach(async () => {
  await program?.stop();
  rmSync(cwd, { recursive: true, force: true });
});
const start = (environment?: NodeJS.ProcessEnv) => (program = new Program(cwd, environment));

describe('a start', () => {
  it('says how to sign in, with a line for the shell that works; the password once, its file from then on', async () => {
    const port = String(await freePort());
    const greeting = async () => {
      await start({ PORT: port, DEMO_DATA: 'true' }).url();
      return until('it has said all', () => program!.output.includes('ctrl-C') && program!.output);
    };
    const first = await greeting();
    const password = readFileSync(join(cwd, '.stockroom/admin-password'), 'utf8').trim();
    expect(statSync(join(cwd, '.stockroom/admin-password')).mode & 0o777).toBe(0o600);
    expect(first).toContain(`admin@stockroom.localhost, password ${password} (kept in .stockroom/admin-password)`);
    expect(tryIt(first)).toEqual(SHOP);
    await program!.stop();
    const second = await greeting();
    expect(second).not.toContain(password);
    expect(second).toContain('admin@stockroom.localhost, the password is in .stockroom/admin-password');
    expect(tryIt(second)).toEqual(SHOP);
  });

  /** The sample shop, as the summary shows it. */
  const SHOP = { items: expect.any(Number), locations: 3, lowItems: expect.any(Number), currency: 'USD' };

  const tryIt = (greeting: string): object => {
    const line = greeting.split('\n').find((text) => text.startsWith('curl '))!;
    const summary = JSON.parse(execFileSync('bash', ['-c', line], { cwd, encoding: 'utf8' })) as typeof SHOP;
    return pick(summary, 'items', 'locations', 'lowItems', 'currency');
  };

  it.each(['PORT', 'METRICS_PORT'])(
    'names %s where the port is in use, in one line, and ends its database',
    async (name) => {
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      const code = await start({ [name]: String(port) }).ended();
      other.close();
      expect({ code, output: program!.output }).toEqual({
        code: 1,
        output: `Port ${port} is in use, perhaps by another Stockroom. Stop what uses it, or set PORT and METRICS_PORT.\n`,
      });
      expect(() => statSync(join(cwd, '.stockroom/postgres/postmaster.pid'))).toThrow('ENOENT');
    },
  );

  it('names everything that is wrong with its environment, in one message and without any value', async () => {
    const code = await start({
      NODE_ENV: 'production',
      PORT: 'eighty',
      SIGNING_KEY: 'too short',
      ADMIN_PASSWORD: 'short',
      CURRENCY: 'dollars',
    }).ended();
    expect({ code, output: program!.output }).toEqual({
      code: 1,
      output: [
        'The configuration is invalid:',
        '  - PORT must be a whole number from 0 to 65535',
        '  - DATABASE_URL must be set to a postgres:// URL',
        '  - SIGNING_KEY is too short: 32 random characters or more, for example from `openssl rand -base64 48`',
        '  - ADMIN_EMAIL must be set to the first admin’s e-mail address',
        '  - ADMIN_PASSWORD is too short: 12 characters or more',
        '  - CURRENCY must be three capital letters, such as USD',
        '',
      ].join('\n'),
    });
  });

  it('says in one line that its database cannot be reached', async () => {
    const port = await freePort();
    expect(await start({ DATABASE_URL: `postgresql://a:secret@127.0.0.1:${port}/b` }).ended()).toBe(1);
    expect(program!.output).toBe(`Stockroom could not go on: connect ECONNREFUSED 127.0.0.1:${port}\n`);
  });

  it('does not talk to a database whose certificate no trusted CA signed', async () => {
    const postgres = await startEmbeddedPostgres(join(cwd, 'server'), { fsync: 'off', ...selfSigned(cwd) });
    try {
      const url = postgres.url.replace('127.0.0.1', 'localhost');
      expect(await start({ DATABASE_URL: url, DATABASE_TLS: 'verify' }).ended()).toBe(1);
      expect(program!.output).toMatch(/^Stockroom could not go on: self-signed certificate.*\n$/);
    } finally {
      await postgres.stop();
    }
  });
});

/** Settings of a server that shows a certificate which it signed itself. */
function selfSigned(folder: string): Record<string, string> {
  const [key, certificate] = [join(folder, 'server.key'), join(folder, 'server.crt')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      certificate,
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
    ],
    { stdio: 'ignore' },
  );
  chmodSync(key, 0o600);
  if (process.getuid!() === 0) chownSync(key, 65534, 65534);
  return { ssl: 'on', ssl_cert_file: certificate, ssl_key_file: key };
}
