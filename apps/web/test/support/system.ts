import { freePort } from '../../../../test/support/free-port.ts';
import { Client } from '../../../../test/support/client.ts';
import { createTestDatabase } from '../../../../test/support/database.ts';
import { Mailbox, type ReceivedMail } from '../../../../test/support/mailbox.ts';
import { type ServiceProcess, startProcess } from '../../../../test/support/process.ts';

export const ADMIN = { email: 'admin@example.com', password: 'a password for the tests' };

/** The built API and gateway as processes of their own, on a fresh database. */
export interface System {
  /** Where browsers go. */
  url: string;
  /** The API itself, as the admin. */
  admin: Client;
  databaseUrl: string;
  /** What was sent by mail. */
  mails: readonly ReceivedMail[];
  /** A number among the API's metrics, NaN where it is not there. */
  apiMetric: (name: string) => Promise<number>;
  stopApi: () => Promise<void>;
  /** At the same address as before. */
  startApi: () => Promise<void>;
  close: () => Promise<void>;
}

export async function startSystem(): Promise<System> {
  const { options, drop } = await createTestDatabase();
  const mailbox = new Mailbox();
  const environment = {
    PORT: String(await freePort()),
    METRICS_PORT: String(await freePort()),
    DATABASE_URL: options.url,
    SIGNING_KEY: 'a signing key for tests, long enough to be one',
    ADMIN_EMAIL: ADMIN.email,
    ADMIN_PASSWORD: ADMIN.password,
    SMTP_URL: await mailbox.start(),
    MAIL_FROM: 'stockroom@example.com',
    PUBLIC_URL: 'https://stockroom.example',
  };
  let api: ServiceProcess | undefined = await startProcess(environment);
  const gateway = await startProcess({ INVENTORY_API_URL: api.url, RATE_LIMIT_PER_SECOND: '0' }, { app: 'gateway' });
  const signedIn = await new Client(api.url).post('/sessions', ADMIN);
  const stopApi = async () => {
    await api?.end();
    api = undefined;
  };
  return {
    url: gateway.url,
    admin: new Client(api.url, signedIn.body.accessToken as string),
    databaseUrl: options.url,
    mails: mailbox.mails,
    apiMetric: async (name) => {
      const text = await (await fetch(`http://127.0.0.1:${environment.METRICS_PORT}/metrics`)).text();
      return Number(new RegExp(`^${name}(?:\\{.*\\})? (.*)$`, 'm').exec(text)?.[1]);
    },
    stopApi,
    startApi: async () => {
      api = await startProcess(environment);
    },
    close: async () => {
      await gateway.end();
      await stopApi();
      await mailbox.stop();
      await drop();
    },
  };
}
