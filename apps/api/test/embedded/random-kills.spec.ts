import { randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { isAlive, processesOn } from '../../src/database/embedded/processes.ts';
import { Program } from '../../../../test/support/program.ts';
import { until } from '../../../../test/support/until.ts';

/** How many orders of kills are tried, and what they are drawn from: an order that fails is repeated by its seed. */
const ORDERS = Number(process.env.RECOVERY_ORDERS ?? 6);
const SEED = Number(process.env.RECOVERY_SEED ?? randomInt(2 ** 31));

let cwd: string;
beforeAll(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'stockroom-kills-')));
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const folder = () => join(cwd, '.stockroom');
const data = () => join(folder(), 'postgres');

/** Numbers from 0 to `below`, the same for the same seed (a linear congruential generator). */
let state = SEED;
function draw(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
const oneOf = <T>(list: T[]): T => list[draw(list.length)]!;

const kill = (pid: number | undefined, signal: NodeJS.Signals): void => {
  try {
    if (pid) process.kill(pid, signal);
  } catch {
    // It has ended.
  }
};

function postmaster(): number | undefined {
  const file = join(data(), 'postmaster.pid');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
}

const initdbs = (): number[] =>
  (existsSync(folder()) ? readdirSync(folder()) : [])
    .filter((name) => name.startsWith('initialising-'))
    .flatMap((name) => processesOn(join(folder(), name, 'data')));

/** The services that run in this test's folder, by their names, also those whose start script has ended. */
function services(): Record<string, number> {
  const found: Record<string, number> = {};
  for (const pid of readdirSync('/proc')) {
    const name = /apps\/(\w+)\/main\.js/.exec(readProc(pid, 'cmdline'))?.[1];
    if (name && workingDirectory(pid) === cwd && isAlive(Number(pid))) found[name] = Number(pid);
  }
  return found;
}

function workingDirectory(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined; // It has ended.
  }
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // It has ended, or is no process.
  }
}

/** @param isScript whether the program is the start script, else it is the API alone */
const victims = (program: Program, isScript: boolean): Record<string, () => number | undefined> => ({
  initdb: () => initdbs()[0],
  postmaster,
  backend: () => processesOn(data()).find((pid) => pid !== postmaster()),
  api: () => (isScript ? services().api : program.pid),
  ...(isScript && { gateway: () => services().gateway, script: () => program.pid }),
});

async function query(statement: string): Promise<object[]> {
  const [, , , port] = readFileSync(join(data(), 'postmaster.pid'), 'utf8').split('\n');
  const password = readFileSync(join(data(), 'stockroom.password'), 'utf8');
  const client = new pg.Client(`postgresql://stockroom:${password}@127.0.0.1:${port}/stockroom`);
  await client.connect();
  const { rows } = await client.query<object>(statement);
  await client.end();
  return rows;
}

it(`starts again by itself with its data intact after any of ${ORDERS} random orders of kills (RECOVERY_SEED=${SEED})`, async () => {
  for (let order = 1; order <= ORDERS; order++) {
    // Every fourth order begins without a database, so that initdb is among what is killed.
    const isNew = order % 4 === 1;
    if (isNew) rmSync(folder(), { recursive: true, force: true });
    // Two of three orders are of `npm start`, which has the API as its child.
    const isScript = order % 3 !== 1 && existsSync('/proc/self/cwd');
    const program = new Program(cwd, {}, isScript ? { app: 'start' } : {});
    const faults: string[] = [isScript ? 'npm start' : 'the API alone'];
    if (!isNew) await program.url();
    for (let count = 1 + draw(4); count > 0; count--) {
      await sleep(draw(isNew ? 1_500 : 300));
      const all = victims(program, isScript);
      const [name, signal] = [oneOf(Object.keys(all)), oneOf(['SIGKILL', 'SIGTERM'] as const)];
      faults.push(`${name} ${signal}`);
      kill(all[name]!(), signal);
    }
    program.kill('SIGKILL');
    await program.ended();
    // A service whose parent has ended ends as well; it has the folder for as long as it takes.
    if (isScript) await until('the services have ended', () => Object.keys(services()).length === 0);

    const next = new Program(cwd);
    await next.url().catch((error: Error) => {
      throw new Error(`Order ${order} (${faults.join(', ')}) kept it from starting: ${error.message}`);
    });
    if (isNew) await query(`INSERT INTO location (code, name) VALUES ('MARK', 'Mark')`);
    expect({ order, faults, rows: await query(`SELECT name FROM location WHERE code = 'MARK'`) }).toEqual({
      order,
      faults,
      rows: [{ name: 'Mark' }],
    });
    expect(readdirSync(folder()).filter((name) => name.startsWith('initialising-'))).toEqual([]);
    await next.stop();
    expect(processesOn(data())).toEqual([]);
  }
}, 900_000);
