import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Program } from '../../../../test/support/program.ts';
import { until } from '../../../../test/support/until.ts';

let cwd: string;
let programs: Program[];
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'stockroom-embedded-'));
  programs = [];
});
afterEach(async () => {
  await Promise.all(programs.map((program) => program.stop()));
  // A server that a test left behind is taken over, and ended, by one more start.
  if (serverPid()) {
    const last = start();
    await last.url();
    await last.stop();
  }
  rmSync(cwd, { recursive: true, force: true });
});

function start(options?: { as: string[] }): Program {
  const program = new Program(cwd, {}, options);
  programs.push(program);
  return program;
}

/** Every Debian has the user `daemon`. */
const ORDINARY = { uid: 1, gid: 1 };
const stepDown = ['setpriv', `--reuid=${ORDINARY.uid}`, `--regid=${ORDINARY.gid}`, '--clear-groups', '--inh-caps=-all'];

/** Whether we are root, and an ordinary user may read what is to be run. */
function canStepDown(): boolean {
  const [setpriv, ...options] = stepDown;
  return process.getuid!() === 0 && spawnSync(setpriv!, [...options, 'test', '-r', 'package.json']).status === 0;
}

const pidFile = () => join(cwd, '.stockroom/postgres/postmaster.pid');

/** The server that says it runs on this folder. */
function serverPid(): number | undefined {
  try {
    return Number(readFileSync(pidFile(), 'utf8').split('\n', 1)[0]);
  } catch {
    return undefined;
  }
}

/** Leaves a mark in the database, or reads it: what has to be there after whatever happens. */
async function query(statement: string): Promise<unknown[]> {
  const [, , , port] = readFileSync(pidFile(), 'utf8').split('\n');
  const password = readFileSync(join(cwd, '.stockroom/postgres/stockroom.password'), 'utf8');
  const client = new pg.Client(`postgresql://stockroom:${password}@127.0.0.1:${port}/stockroom`);
  await client.connect();
  const { rows } = await client.query<object>(statement);
  await client.end();
  return rows;
}

const leaveMark = () => query(`INSERT INTO location (code, name) VALUES ('MARK', 'Mark')`);
const findMark = () => query(`SELECT name FROM location WHERE code = 'MARK'`);

describe('the embedded database', () => {
  it('is made at the first start, below the working directory, where only its owner may enter', async () => {
    await start().url();
    expect(readdirSync(join(cwd, '.stockroom')).filter((name) => name.startsWith('postgres'))).toEqual([
      'postgres',
      'postgres.log',
    ]);
    expect(readdirSync(join(cwd, '.stockroom')).filter((name) => name.startsWith('initialising'))).toEqual([]);
  });

  it('ends with the API at ctrl-C, and its data stays', async () => {
    const first = start();
    await first.url();
    await leaveMark();
    first.interrupt();
    expect(await first.ended()).toBe(0);
    expect(serverPid()).toBeUndefined();
    await start().url();
    expect(await findMark()).toEqual([{ name: 'Mark' }]);
  });

  it('ends with the API when ctrl-C comes while it starts', async () => {
    const first = start();
    await until('the server starts', serverPid);
    first.interrupt();
    expect(await first.ended()).toBe(0);
    expect(serverPid()).toBeUndefined();
  });

  it('outlives a kill -9 of the API, and is taken over by the next start', async () => {
    const first = start();
    await first.url();
    await leaveMark();
    const server = serverPid();
    first.kill('SIGKILL');
    expect(await first.ended()).toBeNull();
    await start().url();
    expect(serverPid()).toBe(server);
    expect(await findMark()).toEqual([{ name: 'Mark' }]);
  });

  it('comes back after a kill -9 of everything', async () => {
    const first = start();
    await first.url();
    await leaveMark();
    process.kill(serverPid()!, 'SIGKILL');
    first.kill('SIGKILL');
    await first.ended();
    await start().url();
    expect(await findMark()).toEqual([{ name: 'Mark' }]);
  });

  it('refuses a second start while the first one runs, in one line', async () => {
    const first = start();
    await first.url();
    const second = start();
    expect(await second.ended()).toBe(1);
    expect(second.output).toBe(
      `Stockroom already runs on ${join(cwd, '.stockroom')} (process ${first.pid}). Stop it first, or set DATABASE_URL to use another database.\n`,
    );
    expect((await fetch(`${await first.url()}/health`)).status).toBe(200);
  });

  it('serves one of two first starts at the same moment, and tells the other', async () => {
    const both = [start(), start()];
    const code = await Promise.race(both.map((program) => program.ended()));
    const [loser, winner] = both[0]!.output.includes('already runs') ? both : both.toReversed();
    expect(code).toBe(1);
    expect(loser!.output).toMatch(/^Stockroom already runs on .*\n$/);
    expect((await fetch(`${await winner!.url()}/health`)).status).toBe(200);
  });

  it('heals a kill -9 in the middle of its making', async () => {
    const first = start();
    await until('initdb runs', () => asides().length > 0);
    first.kill('SIGKILL');
    await first.ended();
    expect(existsSync(join(cwd, '.stockroom/postgres'))).toBe(false);
    await start().url();
    expect(asides()).toEqual([]);
  });

  const asides = () =>
    existsSync(join(cwd, '.stockroom'))
      ? readdirSync(join(cwd, '.stockroom')).filter((name) => name.startsWith('initialising-'))
      : [];

  const asRoot = canStepDown() ? it : it.skip;
  asRoot('runs for an ordinary user, too', async () => {
    chownSync(cwd, ORDINARY.uid, ORDINARY.gid);
    const program = start({ as: stepDown });
    await program.url();
    program.interrupt();
    expect(await program.ended()).toBe(0);
    // Root runs the same data with its owner's rights.
    await start().url();
  });

  asRoot('tells a user whose folder it is not', async () => {
    const first = start();
    await first.url();
    first.interrupt();
    await first.ended();
    chmodSync(cwd, 0o755);
    const second = start({ as: stepDown });
    expect(await second.ended()).toBe(1);
    expect(second.output).toBe(
      `Stockroom could not go on: ${join(cwd, '.stockroom/postgres')} belongs to another user. Start Stockroom as that user, or set DATABASE_URL.\n`,
    );
  });
});
