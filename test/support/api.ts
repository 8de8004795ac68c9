import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import sql from 'sql-template-tag';
import type { Role } from '#contracts';
import { createLogger, type HttpAppOptions, Metrics } from '#service';
import { TokenService } from '../../apps/api/src/access/token.service.ts';
import type { AppOptions } from '../../apps/api/src/app.module.ts';
import { createApp } from '../../apps/api/src/app.ts';
import { Database } from '../../apps/api/src/database/database.ts';
import { Client } from './client.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

/** The whole API on a real socket and a database of its own. */
export interface TestApi {
  app: NestFastifyApplication;
  url: string;
  database: Database;
  /** Where its database is, for another task beside it. */
  options: TestDatabase['options'];
  viewer: Client;
  operator: Client;
  admin: Client;
  anonymous: Client;
  close: () => Promise<void>;
}

type ApiSettings = Pick<AppOptions, 'importMaxBytes' | 'mail' | 'replica' | 'timeZone' | 'webhooks'> &
  Pick<HttpAppOptions, 'maxConcurrentRequests' | 'maxConnections' | 'trustedHops' | 'trustedHeaders'>;

export const SIGNING_KEY = 'a signing key for tests, long enough to be one';

/** On a database of its own, or beside another task on one that was made before. */
export async function startApi(on?: Omit<TestDatabase, 'ownerUrl'>, settings: ApiSettings = {}): Promise<TestApi> {
  const { options, drop } = on ?? (await createTestDatabase());
  const app = await createApp({
    database: options,
    signingKey: SIGNING_KEY,
    version: { version: '0.0.0', commit: 'test' },
    logger: createLogger({ name: 'api', level: process.env.TEST_LOG_LEVEL ?? 'silent', readable: false }),
    metrics: new Metrics('api'),
    ...settings,
  });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const database = app.get(Database);
  const as = (role: Role) => clientOf(app, url, role);
  return {
    app,
    url,
    database,
    options,
    viewer: await as('viewer'),
    operator: await as('operator'),
    admin: await as('admin'),
    anonymous: new Client(url),
    close: async () => {
      await app.close();
      await drop();
    },
  };
}

/** A PHC string that no known password has, cheap to compare with. */
const NO_PASSWORD = `$argon2id$v=19$m=8,t=1,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** A signed-in person of this role. No password is theirs: to hash one takes a while. */
export async function clientOf(app: NestFastifyApplication, url: string, role: Role): Promise<Client> {
  const session = await app.get(Database).first<{ actorId: string; sessionId: string }>(sql`
    WITH actor AS (INSERT INTO actor (kind, name) VALUES ('user', ${`Test ${role}`}) RETURNING id),
    account AS (
      INSERT INTO user_account (id, email, role, password_hash)
      SELECT id, ${`${role}-${randomUUID()}@example.com`}, ${role}, ${NO_PASSWORD} FROM actor RETURNING id
    )
    INSERT INTO session (user_id, expires_at) SELECT id, now() + interval '30 days' FROM account
    RETURNING user_id AS "actorId", id AS "sessionId"`);
  return new Client(url, await app.get(TokenService).issue(session!));
}
