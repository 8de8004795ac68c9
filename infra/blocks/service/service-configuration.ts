import type { Environment } from '../../environments/environment.ts';
import type { Database } from '../database/database.ts';

/** What the environment keeps secret, by ARN. */
export interface SecretArns {
  signingKey: string;
  adminPassword: string;
  /** Only the migration task receives it, and the deploy command reads it. */
  smokePassword: string;
}

/** In front of the gateway: the public load balancer. */
const GATEWAY_TRUSTED_HOPS = 1;

/**
 * In front of the API: the public load balancer, the gateway and the API's load balancer. Where any source reaches the API's
 * listener, a client could write the first two hops itself, so only the load balancer is trusted.
 */
const apiTrustedHops = ({ loadBalancer }: Environment): number =>
  loadBalancer.from === 'existing' && loadBalancer.apiSources.length === 0 ? 1 : 3;

/** The gateway sets these itself; a load balancer hands on what a client sent. */
const apiTrustedHeaders = (environment: Environment): string =>
  apiTrustedHops(environment) > 1 ? 'x-request-id,traceparent' : '';

export interface ServiceConfiguration {
  environment: Record<string, string>;
  secrets: Record<string, string>;
}

/** Links in mails lead there, by HTTPS only: over plain HTTP anyone on the way could read them, so mails have none. */
const linksLeadTo = (publicUrl: string): Record<string, string> =>
  publicUrl.startsWith('https://') ? { PUBLIC_URL: publicUrl } : {};

/** @param publicUrl how browsers reach the gateway */
export const apiConfiguration = (
  environment: Environment,
  database: Database,
  secrets: SecretArns,
  publicUrl: string,
): ServiceConfiguration => ({
  environment: {
    TRUSTED_HOPS: String(apiTrustedHops(environment)),
    TRUSTED_HEADERS: apiTrustedHeaders(environment),
    ADMIN_EMAIL: environment.adminEmail!,
    CURRENCY: environment.currency,
    DATABASE_TLS: database.tls,
    ...(environment.mail && { MAIL_FROM: environment.mail.from!, ...linksLeadTo(publicUrl) }),
  },
  secrets: {
    DATABASE_URL: database.urlReference,
    ...(database.readUrlReference && { DATABASE_READ_URL: database.readUrlReference }),
    SIGNING_KEY: secrets.signingKey,
    ADMIN_PASSWORD: secrets.adminPassword,
    ...(environment.mail && { SMTP_URL: environment.mail.urlSecretArn }),
  },
});

export const gatewayConfiguration = (apiUrl: string): ServiceConfiguration => ({
  environment: { TRUSTED_HOPS: String(GATEWAY_TRUSTED_HOPS), INVENTORY_API_URL: apiUrl },
  secrets: {},
});
