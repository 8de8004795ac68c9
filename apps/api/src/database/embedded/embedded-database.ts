import { createHmac } from 'node:crypto';
import type pg from 'pg';
import { scramVerifier } from '../roles/scram-verifier.ts';
import { readPassword } from './data-directory.ts';
import { OWNER } from './initialise.ts';

const DATABASE = 'stockroom';
/** Not a superuser: it can read no file of the server's machine and run no program on it. */
const APPLICATION = 'stockroom_app';

export const ownerUrl = (data: string, port: number): string => url(OWNER, readPassword(data), port);

export const applicationUrl = (data: string, port: number): string => url(APPLICATION, applicationPassword(data), port);

const url = (role: string, password: string, port: number): string =>
  `postgresql://${role}:${password}@127.0.0.1:${port}/${DATABASE}`;

/** Needs no file of its own, and does not give the owner's away. */
const applicationPassword = (data: string): string =>
  createHmac('sha256', readPassword(data)).update(APPLICATION).digest('base64url');

/** Makes the database and the application's role where they are missing. Its rights come with the migrations. */
export async function provideDatabase(client: pg.Client, data: string): Promise<void> {
  const { rowCount: hasDatabase } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
  if (!hasDatabase) await client.query(`CREATE DATABASE ${DATABASE}`);
  const { rowCount: hasRole } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APPLICATION]);
  if (!hasRole) {
    const password = scramVerifier(applicationPassword(data));
    await client.query(`CREATE ROLE ${APPLICATION} LOGIN NOINHERIT PASSWORD '${password}'`);
  }
}
