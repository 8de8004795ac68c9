import type { Environment, ServiceName } from '../../environments/environment.ts';
import type { Database } from '../database/database.ts';

/** What the environment keeps secret, by ARN. */
export interface SecretArns {
  signingKey: string;
  adminPassword: string;
}

/** Proxies of ours in targetGroup: the public load balancer; for the API the gateway and its own load balancer, too. */
const TRUSTED_HOPS = { gateway: 1, api: 3 } satisfies Record<ServiceName, number>;

export interface ServiceConfiguration {
  environment: Record<string, string>;
  secrets: Record<string, string>;
}

export const apiConfiguration = (
  { adminEmail, currency }: Environment,
  database: Database,
  secrets: SecretArns,
): ServiceConfiguration => ({
  environment: {
    TRUSTED_HOPS: String(TRUSTED_HOPS.api),
    ADMIN_EMAIL: adminEmail!,
    CURRENCY: currency,
    DATABASE_TLS: database.tls,
  },
  secrets: {
    DATABASE_URL: database.urlSecretArn,
    SIGNING_KEY: secrets.signingKey,
    ADMIN_PASSWORD: secrets.adminPassword,
  },
});

export const gatewayConfiguration = (apiUrl: string): ServiceConfiguration => ({
  environment: { TRUSTED_HOPS: String(TRUSTED_HOPS.gateway), INVENTORY_API_URL: apiUrl },
  secrets: {},
});
